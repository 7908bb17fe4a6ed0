import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestGraph } from '../server/test-graph.ts';
import { sendRaw } from './raw-http.ts';

test('built pages are served with a strict policy, and nothing beside their directory is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pages-'));
  const root = join(directory, 'explorer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(directory, 'secret.txt'), 'secret');
  await writeFile(join(root, '.env'), 'secret');
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Explorer</title>');
  await writeFile(join(root, 'assets', 'index-Abc123_-.js'), 'export {}');
  await using graph = await startTestGraph({}, { pages: { '/explorer': root } });
  const get = (path: string) => fetch(new URL(path, graph.gateway.url));
  const page = await get('/explorer');
  expect([page.status, new URL(page.url).pathname, await page.text()]).toEqual([
    200,
    '/explorer/',
    '<!doctype html><title>Explorer</title>',
  ]);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/https?:|unsafe-eval/);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  for (const [name, value] of [
    ['referrer-policy', 'no-referrer'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ] as const) {
    expect(page.headers.get(name)).toBe(value);
  }
  expect(page.headers.get('permissions-policy')).toContain('geolocation=()');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await get('/explorer/assets/index-Abc123_-.js')).headers.get('cache-control')).toContain('immutable');
  for (const path of [
    '/explorer/../secret.txt',
    '/explorer/%2e%2e/secret.txt',
    '/explorer/..%2fsecret.txt',
    '/explorer/.env',
    '/explorer/nothing.js',
    '/explorer/%00',
  ]) {
    const { text, statuses } = await sendRaw(
      graph.gateway.port,
      `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    );
    expect(text, path).not.toContain('secret\n');
    expect([400, 403, 404], path).toContain(statuses[0]);
  }
  await rm(directory, { recursive: true });
});
