import { readFile } from 'node:fs/promises';
import { watchFile } from '../supergraph/watch-file.ts';
import { createDocumentTrust, type DocumentMode, type DocumentOutcome, type DocumentTrust } from './document-trust.ts';
import { type LearnedDocuments, openLearnedDocuments } from './learned-documents.ts';
import { readManifest } from './read-manifest.ts';

export interface DocumentOptions {
  readonly mode: DocumentMode;
  /** File of the manifest, looked at again every so often. */
  readonly manifestPath: string | undefined;
  readonly learnedPath: string | undefined;
  readonly watchIntervalMs: number;
  readonly onCounted: (outcome: DocumentOutcome) => void;
  readonly logger: {
    info(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/** The known documents of a gateway, which may become others while it runs. */
export interface Documents extends AsyncDisposable {
  readonly trust: DocumentTrust;
  /** To be told of every document that was found to be valid. */
  learn(text: string): void;
  /** Called with the texts of each manifest that comes later, and awaited before it takes over: plans are made ahead here. */
  onManifest: (texts: ReadonlySet<string>) => Promise<void>;
}

/**
 * Reads the manifest and watches it: a broken one is logged, and the one before stays. Throws when the first cannot be read. Dispose of it when
 * done.
 */
export async function openDocuments(options: DocumentOptions): Promise<Documents> {
  const { mode, manifestPath, learnedPath, logger } = options;
  const trust = createDocumentTrust(mode, options.onCounted);
  await using opened = new AsyncDisposableStack();
  const learned =
    mode === 'learn' && learnedPath !== undefined
      ? opened.adopt(await openLearned(learnedPath, logger), (each) => each.close())
      : undefined;
  const documents: Omit<Documents, typeof Symbol.asyncDispose> = {
    trust,
    learn: (text) => learned?.add(text),
    onManifest: async () => undefined,
  };
  if (mode !== 'off' && manifestPath !== undefined) {
    const text = await readFile(manifestPath, 'utf8');
    trust.replace(readManifest(text));
    const stopping = new AbortController();
    const watching = watchFile({
      path: manifestPath,
      text,
      intervalMs: options.watchIntervalMs,
      signal: stopping.signal,
      async onChange(changed) {
        const manifest = readManifest(changed);
        await documents.onManifest(manifest.texts);
        trust.replace(manifest);
        logger.info({ documents: manifest.texts.size }, 'Another manifest of documents is in service');
      },
      onError: (err) =>
        logger.error({ err, path: manifestPath }, 'A manifest of documents was refused; the old one stays'),
    });
    opened.defer(async () => {
      stopping.abort();
      await watching;
    });
  }
  const resources = opened.move();
  return Object.assign(documents, { [Symbol.asyncDispose]: () => resources.disposeAsync() });
}

/** New documents come in bursts, after a start or a release: one file for each is enough. */
const learnedDelayMs = 1_000;

function openLearned(path: string, logger: DocumentOptions['logger']): Promise<LearnedDocuments> {
  const onError = (err: unknown): void => logger.error({ err, path }, 'Learned documents could not be written');
  return openLearnedDocuments(path, { delayMs: learnedDelayMs, onError });
}
