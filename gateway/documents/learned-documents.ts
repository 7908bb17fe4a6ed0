import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hashOf, readManifest } from './read-manifest.ts';

/** Whoever may send documents may fill this: it is a draft for somebody to read, and no more than this of one. */
const maxDocuments = 1_000;
const maxChars = 4 * 1024 * 1024;

/** Writes down the documents that were sent. */
export interface LearnedDocuments {
  /** Takes a document that was found to be valid; beyond the bounds it is let go. */
  add(text: string): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/**
 * Collects valid documents into a file that readManifest reads, under the client "learned", and goes on from what stands there. Written a moment
 * after something new came, and whole or not at all. Throws when what stands there is no manifest.
 */
export async function openLearnedDocuments(
  path: string,
  options: { readonly delayMs: number; readonly onError: (error: unknown) => void },
): Promise<LearnedDocuments> {
  const documents = new Map<string, string>();
  const before = await readFile(path, 'utf8').catch(nothingIfMissing);
  if (before !== undefined) for (const text of readManifest(before).texts) documents.set(hashOf(text), text);
  let chars = [...documents.values()].reduce((sum, text) => sum + text.length, 0);
  let isChanged = false;
  let writing: Promise<void> | undefined;
  const closing = new AbortController();

  const write = async (): Promise<void> => {
    await wait(options.delayMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    while (isChanged) {
      isChanged = false;
      const manifest = { clients: { learned: { documents: Object.fromEntries(documents) } } };
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.new`, `${JSON.stringify(manifest, undefined, 2)}\n`);
      await rename(`${path}.new`, path);
    }
  };
  return {
    add(text) {
      const id = hashOf(text);
      if (documents.has(id) || documents.size >= maxDocuments || chars + text.length > maxChars) return;
      documents.set(id, text);
      chars += text.length;
      isChanged = true;
      writing ??= write()
        .catch(options.onError)
        .finally(() => {
          writing = undefined;
        });
    },
    async close() {
      closing.abort();
      await writing;
    },
  };
}

function nothingIfMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
