import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { readTraceparent } from '../../../gateway/telemetry/tracing.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { follow, startLiveGraph } from '../live/live-graph.ts';
import { Shelf } from '../live/shelf.ts';
import { post, startTestGraph } from '../server/test-graph.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** An OTLP collector over HTTP that keeps the spans it gets. */
async function startCollector(): Promise<AsyncDisposable & { readonly url: string; readonly spans: Span[] }> {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const traceId = 'a'.repeat(32);
const query = '{ me { name reviews { body } } }';

test('without an exporter a trace is passed on as it came, and none is begun', async () => {
  await using graph = await startTestGraph();
  const traceparent = `00-${traceId}-${'b'.repeat(16)}-01`;
  await post(graph.gateway.url, { query }, { traceparent, tracestate: 'vendor=1' });
  for (const seen of [graph.accounts.seen, graph.reviews.seen]) {
    expect(seen.at(-1)).toMatchObject({ traceparent, tracestate: 'vendor=1' });
  }
  for (const wrong of ['x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `99-${traceId}-${'b'.repeat(16)}-01`]) {
    await post(graph.gateway.url, { query: '{ me { id } }' }, { traceparent: wrong });
    expect(graph.accounts.seen.at(-1)).not.toHaveProperty('traceparent');
  }
});

test('with an exporter the trace goes from the caller through the operation to each subgraph call', async () => {
  await using collector = await startCollector();
  {
    await using graph = await startTestGraph({ otlpEndpoint: collector.url, traceRatio: 1 });
    await post(
      graph.gateway.url,
      { query: `query Traced ${query}` },
      { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` },
    );
    await post(
      graph.gateway.url,
      { query: '{ me { id } }' },
      { traceparent: `00-${'d'.repeat(32)}-${'b'.repeat(16)}-00` },
    );
    const sent = [graph.accounts.seen[0], graph.reviews.seen[0]].map((headers) =>
      readTraceparent(headers?.traceparent),
    );
    await waitUntil('the spans arrive', () => collector.spans.length >= 3);
    const operation = collector.spans.find(({ name }) => name === 'graphql');
    expect(operation).toMatchObject({ traceId, parentSpanId: 'b'.repeat(16) });
    expect(operation?.attributes.find(({ key }) => key === 'graphql.operation.name')?.value.stringValue).toBe('Traced');
    const calls = collector.spans.filter(({ name }) => name === 'subgraph');
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual([operation?.spanId, operation?.spanId]);
    expect(sent.map((context) => [context?.traceId, context?.spanId])).toEqual(
      calls.map(({ spanId }) => [traceId, spanId]),
    );
  }
  // The caller of the second said that its trace is not sampled.
  expect(collector.spans.every((span) => span.traceId === traceId)).toBe(true);
});

test('a collector that is away harms nobody, also at the close', async () => {
  await using graph = await startTestGraph({ otlpEndpoint: 'http://127.0.0.1:9', traceRatio: 1 });
  expect((await post(graph.gateway.url, { query })).status).toBe(200);
  const startedAt = performance.now();
  await graph.gateway.close();
  expect(performance.now() - startedAt).toBeLessThan(8_000);
});

test('each event of a live operation is a trace of its own, above the calls that enrich it', async () => {
  await using collector = await startCollector();
  {
    const settings = { otlpEndpoint: collector.url, traceRatio: 1 };
    await using graph = await startLiveGraph({ over: 'http', shelf: new Shelf(60_000), settings });
    const client = follow(graph.socketUrl);
    await waitUntil('the snapshot is there', () => client.events.length === 1);
    graph.shelf.change('one');
    await waitUntil('the change is there', () => client.events.length === 2);
    await client.stop();
    await waitUntil('the spans arrive', () => collector.spans.some(({ name }) => name === 'subgraph'));
    const events = collector.spans.filter(({ name }) => name === 'live event');
    const call = collector.spans.find(({ name }) => name === 'subgraph');
    const above = events.find(({ spanId }) => spanId === call?.parentSpanId);
    expect(above).toMatchObject({ traceId: call?.traceId });
    expect(above).not.toMatchObject({ parentSpanId: expect.stringMatching(/./) });
    expect(new Set(events.map((event) => event.traceId)).size).toBe(events.length);
  }
});
