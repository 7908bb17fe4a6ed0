import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SubgraphTarget } from '../../../gateway/subgraph-client/subgraph-client.ts';

export interface SeenRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when the caller gives the request up. */
  readonly signal: AbortSignal;
}

/** What a subgraph does with a request: answers, waits, or throws. */
export type Behaviour = (request: SeenRequest) => Promise<unknown>;

export interface TestSubgraph {
  readonly target: SubgraphTarget;
  readonly seen: SeenRequest[];
}

/** The two ways to a subgraph. */
export const ways = ['http', 'in-process'] as const;

/** Opens a subgraph that behaves as told, reachable in one of the two ways; closed when the test ends. */
export async function openTestSubgraph(way: (typeof ways)[number], behave: Behaviour): Promise<TestSubgraph> {
  const seen: SeenRequest[] = [];
  if (way === 'in-process') {
    const execute = async (request: SeenRequest) => {
      seen.push(request);
      return (await behave(request)) as { data?: Record<string, unknown> };
    };
    return { target: { kind: 'in-process', execute }, seen };
  }
  const url = await openHttpServer(async (request, response, body) => {
    const { query, variables } = JSON.parse(body);
    const leaving = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) leaving.abort();
    });
    const asked = { query, variables, headers: request.headers as Record<string, string>, signal: leaving.signal };
    seen.push(asked);
    try {
      const answer = JSON.stringify(await behave(asked));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    } catch {
      response.writeHead(500, { 'content-type': 'text/plain' }).end('failed');
    }
  });
  return { target: { kind: 'http', url }, seen };
}

/** Opens an HTTP server on a free port of the loopback; closed with all its connections when the test ends. */
export async function openHttpServer(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>,
): Promise<string> {
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    await handle(request, response, Buffer.concat(chunks).toString());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
