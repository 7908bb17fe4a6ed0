import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, resolveSettings } from '../../gateway/config.ts';
import { renderSettingsTable } from '../../gateway/settings/render-settings-table.ts';

test("the README's settings table is the one in config.ts", async () => {
  const readme = await readFile(new URL('../../gateway/README.md', import.meta.url), 'utf8');
  const between = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
  expect(between, 'run: node gateway/render-settings.ts').toBe(renderSettingsTable());
});

test('the command line wins over the environment, that over the file, that over the default', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'settings-'));
  const configFile = join(directory, 'gateway.yaml');
  await writeFile(
    configFile,
    'port: 1\nhost: 0.0.0.0\nlogLevel: warn\nlimits:\n  anonymous:\n    tokens: 7\n    depth: 3\nsubgraphs:\n  a: { url: "http://a.test/" }\n',
  );
  const env = { GATEWAY_PORT: '2', GATEWAY_HOST: '', GATEWAY_LOG_LEVEL: 'error', GATEWAY_LIMIT_ANONYMOUS_TOKENS: '8' };
  const settings = await readSettings({ configFile, env, overrides: { port: 3 } });
  expect(settings).toMatchObject({
    port: 3,
    host: '0.0.0.0',
    logLevel: 'error',
    watch: true,
    subgraphs: { a: { url: 'http://a.test/' } },
  });
  expect(settings.limits.anonymous).toMatchObject({ tokens: 8, depth: 3, aliases: 30 });
  expect(settings.limits.partner.tokens).toBe(4_000);
  await writeFile(configFile, '{"port": 5, "forwardHeaders": ["authorization"]}');
  expect(await readSettings({ configFile, env: {} })).toMatchObject({ port: 5, forwardHeaders: ['authorization'] });
  await rm(directory, { recursive: true });
});

test('every wrong setting is named at once, and a mistyped one is not silently without effect', () => {
  const wrong = () =>
    resolveSettings(
      { prot: 1, limits: { anonymous: { token: 5 }, nobody: {} } },
      { GATEWAY_PORT: 'x', GATEWAY_SUBGRAPHS: 'a=ftp://x' },
      { drainDeadlineMs: -1 },
    );
  expect(wrong).toThrow(/prot: .*limits\.anonymous\.token: .*limits\.nobody: .*port: .*drainDeadlineMs: .*/s);
  expect(() => resolveSettings({}, { GATEWAY_METRICS: 'admin' })).toThrow(/metrics: .*adminToken/);
});

test('introspection is off in production unless it is asked for', () => {
  expect(resolveSettings({}, {}).introspection).toBe(true);
  expect(resolveSettings({}, { NODE_ENV: 'production' }).introspection).toBe(false);
  const asked = resolveSettings({}, { NODE_ENV: 'production', GATEWAY_INTROSPECTION: 'on' });
  expect(asked.limits.anonymous.isIntrospectionAllowed).toBe(true);
});

test('addresses of subgraphs in the environment', () => {
  const { subgraphs } = resolveSettings({}, { GATEWAY_SUBGRAPHS: 'a=http://a.test/?x=1, b-2=https://b.test' });
  expect(subgraphs).toEqual({ a: { url: 'http://a.test/?x=1' }, 'b-2': { url: 'https://b.test' } });
  expect(() => resolveSettings({}, { GATEWAY_SUBGRAPHS: 'a=file:///x' })).toThrow(/subgraphs/);
});
