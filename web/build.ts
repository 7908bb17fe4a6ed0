import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const explorerFolder = fileURLToPath(new URL('explorer/', import.meta.url));
const distFolder = fileURLToPath(new URL('dist/explorer', import.meta.url));

/**
 * Builds the explorer from its sources and the documents of schema/operations into web/dist/explorer: 4 s and 7 MB here.
 * It is built beside its place and then moved there, so that a gateway never serves half of it, and so that two commands
 * that start at the same moment may both build.
 */
export async function buildPages(): Promise<void> {
  const freshFolder = `${distFolder}.${process.pid}`;
  try {
    await build({
      configFile: false,
      root: explorerFolder,
      base: '/explorer/',
      logLevel: 'warn',
      build: {
        outDir: freshFolder,
        emptyOutDir: true,
        reportCompressedSize: false,
        // Monaco's editor is 2.8 MB by itself, and is loaded apart from the page.
        chunkSizeWarningLimit: 3_000,
        // "use client" and the like, in over a hundred files of GraphiQL's dependencies, mean nothing in a browser.
        rolldownOptions: { checks: { moduleLevelDirective: false } },
      },
      worker: { format: 'es' },
      // Vite would make a development build of React where NODE_ENV says so, as under vitest: three times as slow.
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
    });
    await moveInto(distFolder, freshFolder);
  } finally {
    await rm(freshFolder, { recursive: true, force: true });
  }
}

/** Puts a folder in the place of another. Whoever else does so at the same time has built the same: the last one stays. */
async function moveInto(place: string, folder: string, attempts = 5): Promise<void> {
  await rm(place, { recursive: true, force: true });
  try {
    await rename(folder, place);
  } catch (error) {
    const isTaken =
      error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
    if (!isTaken || attempts <= 1) throw error;
    await moveInto(place, folder, attempts - 1);
  }
}

if (import.meta.main) await buildPages();
