import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that package.json stands in. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');

const notOurs = new Set(['node_modules', '.git', '.data', 'dist', 'coverage']);

/** Every TypeScript source of ours, from the root of the project, generated ones left out. */
export function sourceFiles(): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : walk(path);
      return /\.tsx?$/.test(entry.name) && !/\.generated\.ts$/.test(entry.name) ? [path] : [];
    });
  return walk('');
}
