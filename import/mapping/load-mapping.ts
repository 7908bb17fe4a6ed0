import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { type Mapping, mappingSchema } from './mapping.ts';

const ownFolder = join(import.meta.dirname, '..', 'mappings');

/**
 * Reads a mapping, by the name of one of ours or by the path of a file.
 * @throws Error that names every key that is wrong, or the mappings there are
 */
export async function loadMapping(nameOrPath: string): Promise<Mapping> {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  const path = isPath ? nameOrPath : join(ownFolder, `${nameOrPath}.yaml`);
  const text = await readFile(path, 'utf8').catch(async (cause: unknown) => {
    const known = isPath ? '' : `; ours are ${(await listMappingNames()).join(', ')}`;
    throw new Error(`There is no mapping ${nameOrPath}${known}`, { cause });
  });
  return parseMapping(text, path);
}

/** Reads all mappings that come with the project. */
export async function loadOwnMappings(): Promise<Mapping[]> {
  return Promise.all((await listMappingNames()).map(loadMapping));
}

/** Reads a mapping from its text; `path` only names it in errors. */
export function parseMapping(text: string, path: string): Mapping {
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(`${path} is no YAML: ${problem.message}`);
  const read = mappingSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!read.success) throw new Error(`The mapping ${path} is wrong:\n${z.prettifyError(read.error)}`);
  return read.data;
}

async function listMappingNames(): Promise<string[]> {
  const files = await readdir(ownFolder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
