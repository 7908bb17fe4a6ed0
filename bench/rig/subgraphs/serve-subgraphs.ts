import { createServer, type Server, type Socket } from 'node:net';
import { createMessageReader } from '../http1/message-reader.ts';
import type { Subgraph } from './create-subgraph.ts';
import { createRepeated } from './repeated.ts';
import type { Arguments } from './subgraph-data.ts';

/** Answers kept per subgraph. A deep query needs some tens. */
const answersKept = 4_096;

/** One request as a gateway sent it. */
export interface SeenRequest {
  readonly subgraph: string;
  readonly body: string;
}

export interface SubgraphServer {
  readonly port: number;
  /** Requests answered so far. */
  readonly requestCount: () => number;
  /** Is called with each request from now on, until it is set to undefined. */
  watch(onRequest: ((request: SeenRequest) => void) | undefined): void;
}

export interface ServeOptions {
  /** Answer an equal body from memory. Without, every answer is worked out, as in process. */
  readonly remembersAnswers: boolean;
}

/** Serves the subgraphs at `/name` on a free port of the loopback, as fast as one process can. */
export async function serveSubgraphs(
  subgraphs: ReadonlyMap<string, Subgraph>,
  options: ServeOptions,
): Promise<SubgraphServer> {
  let requests = 0;
  let watcher: ((request: SeenRequest) => void) | undefined;
  const answers = new Map(Array.from(subgraphs.keys(), (name) => [name, createRepeated<Buffer>(answersKept)]));

  const answer = (name: string, body: string): Buffer => {
    requests += 1;
    watcher?.({ subgraph: name, body });
    const known = answers.get(name);
    const subgraph = subgraphs.get(name);
    if (known === undefined || subgraph === undefined) return toResponse(404, `{"errors":[{"message":"No ${name}"}]}`);
    return options.remembersAnswers ? known(body, () => work(subgraph, body)) : work(subgraph, body);
  };

  const server = createServer({ noDelay: true }, (socket) => serveConnection(socket, answer));
  return {
    port: await listen(server),
    requestCount: () => requests,
    watch(onRequest) {
      watcher = onRequest;
    },
  };
}

function serveConnection(socket: Socket, answer: (name: string, body: string) => Buffer): void {
  const read = createMessageReader((head, body) => {
    const path = head.slice(head.indexOf('/') + 1, head.indexOf(' HTTP/'));
    socket.write(answer(path, body.toString()));
    if (/\r\nconnection: *close/i.test(head)) socket.end();
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}

function work(subgraph: Subgraph, body: string): Buffer {
  try {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Arguments };
    return toResponse(200, JSON.stringify({ data: subgraph(query, variables ?? {}) }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return toResponse(200, JSON.stringify({ data: null, errors: [{ message }] }));
  }
}

function toResponse(status: number, body: string): Buffer {
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address.port);
    });
  });
}
