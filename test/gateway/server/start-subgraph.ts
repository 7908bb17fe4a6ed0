import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, validate } from 'graphql';

/** A subgraph that answers from memory over HTTP, as a stranger's would. */
export interface TestSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
  /** Headers of the requests so far. */
  readonly seen: IncomingHttpHeaders[];
  /** Documents of the requests so far. */
  readonly documents: string[];
  /** Connections that are open now, and that were opened so far. */
  connections(): Promise<number>;
  opened(): number;
  /** Ends every connection at once, as a crash would. */
  kill(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type Resolvers = Record<string, Record<string, unknown>>;

/** Starts a subgraph on a free port. Dispose of it when done. */
export async function startSubgraph(name: string, sdl: string, resolvers: Resolvers): Promise<TestSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const seen: IncomingHttpHeaders[] = [];
  const documents: string[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request.headers);
    // A subscription asks for a WebSocket.
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: Record<string, unknown>;
        operationName?: string;
      };
      documents.push(query);
      const document = parse(query);
      const errors = validate(schema, document);
      const result =
        errors.length > 0
          ? { errors }
          : await execute({ schema, document, variableValues: variables, operationName, contextValue: {} });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let isOpen = true;
  let opened = 0;
  server.on('connection', () => opened++);
  const connections = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  const kill = (): Promise<void> => {
    if (!isOpen) return Promise.resolve();
    isOpen = false;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  };
  return {
    name,
    sdl,
    url: `http://127.0.0.1:${port}/`,
    seen,
    documents,
    connections,
    opened: () => opened,
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
