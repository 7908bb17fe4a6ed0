import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Fills a migrated database with the sample data, by the very command that people run. */
export async function seedDatabase(url: string): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, ['oneshelf.ts', 'seed'], {
    cwd: root,
    env: { DATABASE_URL: url },
    // 10 s on an idle machine; over 50 on one with ten times more work than it has cores.
    timeout: 300_000,
    maxBuffer: 16_777_216,
  });
  // A command that is told to stop ends well: half of the data would be cloned for every test to come.
  if (!stdout.includes('Brought in')) throw new Error(`The sample data is not in:\n${stdout}`);
}
