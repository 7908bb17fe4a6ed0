import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

/** In a process of its own: Vite sets NODE_ENV to production and takes 300 MB, neither of which a gateway should keep. */
async function build(isBuiltBefore: boolean): Promise<void> {
  if (!isInstalled('vite')) {
    if (!isBuiltBefore)
      console.log('No explorer: it is built with `npm run build`, which needs the development dependencies.');
    return;
  }
  console.log('Building the explorer …');
  await promisify(execFile)(process.execPath, [join(root, 'web/build.ts')]);
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
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
