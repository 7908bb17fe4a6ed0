import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGraph, type TestGraph } from '../gateway/server/test-graph.ts';
import { waitUntil } from '../support/wait-until.ts';
import { hasBrowser, openBrowser } from './open-browser.ts';

/** Pages of a friend and of a stranger, in a real browser, against a gateway that knows the friend. */
describe.skipIf(!hasBrowser)('pages of other origins', () => {
  let browser: Browser;
  let graph: TestGraph;
  let friend: string;
  let stranger: string;
  const opened = new AsyncDisposableStack();

  beforeAll(async () => {
    friend = await servePage(opened);
    stranger = await servePage(opened);
    graph = opened.use(await startTestGraph({ allowedOrigins: [friend] }));
    browser = opened.adopt(await openBrowser(), (each) => each.close());
  }, 120_000);
  afterAll(() => opened.disposeAsync());

  async function open(origin: string): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(origin);
    return page;
  }
  /** Runs in the page; whatever fails there is its message. */
  const run = (page: Page, script: string): Promise<unknown> =>
    page.evaluate(
      `(async (url) => { ${script} })(${JSON.stringify(graph.gateway.url)}).catch((error) => String(error))`,
    );

  const json = `{ 'content-type': 'application/json' }`;
  const query = `JSON.stringify({ query: '{ me { name } }' })`;
  const ask = (headers: string) =>
    `const answer = await fetch(url, { method: 'POST', headers: ${headers}, body: ${query} });
     return [answer.status, await answer.json(), answer.headers.has('x-request-id')];`;
  const openSocket = `return await new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.onopen = () => { socket.close(); resolve('open'); };
    socket.onerror = () => resolve('refused');
  });`;
  const openStream = `return await new Promise((resolve) => {
    const source = new EventSource(url + '?query=' + encodeURIComponent('{ me { name } }'));
    source.addEventListener('next', ({ data }) => { source.close(); resolve(data); });
    source.onerror = () => { source.close(); resolve('refused'); };
  });`;

  it('a friend asks by POST, with headers that need a preflight, by event stream and by socket', async () => {
    const page = await open(friend);
    const answer = [200, { data: { me: { name: 'Ada' } } }, true];
    expect(await run(page, ask(json))).toEqual(answer);
    expect(await run(page, ask(`{ ...${json}, 'apollo-require-preflight': '1' }`))).toEqual(answer);
    expect(await run(page, openStream)).toBe('{"data":{"me":{"name":"Ada"}}}');
    expect(await run(page, openSocket)).toBe('open');
    await page.context().close();
  });

  it('a stranger reads nothing, opens nothing, and what it sends without asking is not carried out', async () => {
    const page = await open(stranger);
    const seen = graph.accounts.seen.length;
    expect(await run(page, ask(json))).toMatch(/Failed to fetch/);
    expect(await run(page, openStream)).toBe('refused');
    expect(await run(page, openSocket)).toBe('refused');
    const mutation = `JSON.stringify({ query: 'mutation { rename(id: 1, name: "x") { id } }' })`;
    const search = `'?query=' + encodeURIComponent('{ me { name } }')`;
    // What needs no permission: forms, texts, images and requests whose answers nobody reads.
    const blind = [
      `fetch(url, { method: 'POST', mode: 'no-cors', body: ${mutation} })`,
      `fetch(url, { method: 'POST', mode: 'no-cors', body: ${mutation}, headers: { 'content-type': 'text/plain' } })`,
      `fetch(url, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ query: 'mutation { rename(id: 1, name: "x") { id } }' }) })`,
      `fetch(url, { method: 'POST', mode: 'no-cors', body: new Blob([${mutation}], { type: 'multipart/form-data; boundary=x' }) })`,
      `fetch(url + ${search}, { mode: 'no-cors' })`,
      `fetch(url + ${search}, { mode: 'no-cors', headers: { accept: 'text/event-stream' } })`,
      `new Promise((resolve) => { const image = new Image(); image.onerror = resolve; image.src = url + ${search}; })`,
    ];
    for (const each of blind) await run(page, `await ${each}; return 'sent';`);
    expect(await run(page, `return navigator.sendBeacon(url, ${mutation});`)).toBe(true);
    const refused = /gateway_refusals_total\{code="UNSUPPORTED_MEDIA_TYPE"\} 5\n/;
    await waitUntil('all five bodies have come', async () => {
      return refused.test(await (await fetch(new URL('/metrics', graph.gateway.url))).text());
    });
    expect(graph.accounts.seen.length).toBe(seen);
    await page.context().close();
  });
});

/** An empty page of an origin of its own. */
async function servePage(opened: AsyncDisposableStack): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.defer(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
