import { expect, test } from 'vitest';
import { startTestGraph } from '../server/test-graph.ts';
import { sendRaw } from './raw-http.ts';

test('a local text is for pages of this gateway on this machine, and nobody else reads that there is one', async () => {
  await using graph = await startTestGraph(
    { allowedOrigins: ['*'] },
    { localTexts: { '/explorer/callers.json': '{"staff":"Bearer s"}' } },
  );
  const { port } = graph.gateway;
  const read = async (headers: readonly string[]) => {
    const head = ['GET /explorer/callers.json HTTP/1.1', ...headers, 'connection: close', '', ''].join('\r\n');
    return (await sendRaw(port, head)).text;
  };
  const own = [`host: 127.0.0.1:${port}`, 'x-same-origin: 1'];
  for (const allowed of [
    own,
    [...own, 'sec-fetch-site: same-origin', `origin: http://127.0.0.1:${port}`],
    [`host: localhost:${port}`, 'x-same-origin: 1'],
  ]) {
    const answer = await read(allowed);
    expect(answer).toContain('{"staff":"Bearer s"}');
    expect(answer).toMatch(/^cache-control: no-store\r$/m);
    expect(answer).not.toMatch(/access-control/i);
  }
  for (const refused of [
    [`host: 127.0.0.1:${port}`],
    [`host: evil.example:${port}`, 'x-same-origin: 1'],
    [`host: 127.0.0.1.evil.example:${port}`, 'x-same-origin: 1'],
    [...own, 'sec-fetch-site: cross-site'],
    [...own, 'sec-fetch-site: same-site'],
    [...own, 'sec-fetch-site: none'],
    [...own, 'origin: https://evil.example'],
    [...own, 'origin: http://localhost:1'],
    [...own, 'origin: null'],
    [...own, 'x-forwarded-for: 10.0.0.1'],
    [...own, 'via: 1.1 proxy'],
  ]) {
    expect((await read(refused)).split('\r\n\r\n')[1], refused.join()).toBe('{}');
  }
  const preflight = await fetch(`http://127.0.0.1:${port}/explorer/callers.json`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'x-same-origin',
    },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  expect(preflight.ok).toBe(false);
});
