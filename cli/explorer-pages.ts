import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const builtFolder = join(root, 'web/dist/explorer');
/** What the explorer is made from. */
const sources = ['web/explorer', 'web/build.ts', 'schema/operations', 'package-lock.json'];

/**
 * The explorer's folder by the path it is served under, built first when its sources are newer. An installation without
 * the development dependencies serves what was built before, or no explorer.
 */
export async function explorerPages(): Promise<Readonly<Record<string, string>>> {
  const builtAt = await changedAt(join(builtFolder, 'index.html'));
  if (builtAt < (await newestSource())) await build(builtAt > 0);
  return (await changedAt(join(builtFolder, 'index.html'))) > 0 ? { '/explorer': builtFolder } : {};
}

async function build(isBuiltBefore: boolean): Promise<void> {
  try {
    const { buildPages } = await import('../web/build.ts');
    console.log('Building the explorer …');
    await buildPages();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    if (!isBuiltBefore)
      console.log('No explorer: it is built with `npm run build`, which needs the development dependencies.');
  }
}

async function newestSource(): Promise<number> {
  const times = await Promise.all(
    sources.map(async (source) => {
      const path = join(root, source);
      const entries = await readdir(path, { recursive: true }).catch(() => []); // a file has none
      return Promise.all([path, ...entries.map((entry) => join(path, entry))].map(changedAt));
    }),
  );
  return Math.max(0, ...times.flat());
}

/** In milliseconds since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}
