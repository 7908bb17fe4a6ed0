import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Fills a migrated database with the sample data, by the very command that people run. */
export async function seedDatabase(url: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['oneshelf.ts', 'seed'], {
    cwd: root,
    env: { DATABASE_URL: url },
    timeout: 50_000,
    maxBuffer: 16_777_216,
  });
}
