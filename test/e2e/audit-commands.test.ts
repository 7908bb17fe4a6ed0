import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../check/source-files.ts';
import { createTestDatabase } from '../support/create-test-database.ts';

const run = promisify(execFile);
let databaseUrl: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  databaseUrl = database.url;
  return () => database.close();
}, 120_000);

/** What a command printed, and its lines of the audit log. */
async function command(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { stdout, stderr } = await run(process.execPath, [join(projectRoot, 'oneshelf.ts'), ...args], {
    env: { ...process.env, NODE_ENV: 'development', ...env },
  });
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => line.includes('"audit"'));
  return { stdout, audit: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test('who makes, replaces or takes back a key, or a token, is written down, without what is secret', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-audit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const env = { DATA_DIR: folder, DATABASE_URL: databaseUrl };
  const token = await command(env, 'token', 'staff', '--scope', 'stock:read', '--id', 'ada');
  expect(token.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const created = await command(env, 'credential', 'create', 'partner', '--channel', 'web', '--holder', 'acme');
  const [key = ''] = created.stdout.split('\n');
  const prefix = String(created.audit[0]?.reason).split(' ')[0] ?? '';
  const rotated = await command(env, 'credential', 'rotate', prefix, '--overlap', '1');
  const revoked = await command(env, 'credential', 'revoke', prefix);
  const lines = [token, created, rotated, revoked].flatMap(({ audit }) => audit);
  expect(lines).toMatchObject([
    { audit: 'done', operation: 'token', reason: 'staff ada for 12 hours, scopes ["stock:read"]' },
    { operation: 'credential create', reason: `${prefix} for partner acme, scopes []` },
    { operation: 'credential rotate', reason: expect.stringContaining(`instead of ${prefix}, which ends in 1 hours`) },
    { operation: 'credential revoke', reason: prefix },
  ]);
  expect(lines.map(({ principal }) => (principal as { kind: string }).kind)).toEqual(Array(4).fill('operator'));
  expect(key).toContain(prefix);
  for (const secret of [token.stdout.trim(), key, rotated.stdout.split('\n')[0] ?? '']) {
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify(lines)).not.toContain(secret);
  }
}, 120_000);
