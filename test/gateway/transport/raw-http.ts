import { connect, type Socket } from 'node:net';

/** What a server sent on a connection before it closed it, or before the deadline. */
export interface RawAnswer {
  readonly text: string;
  /** Status codes in the order in which they came. */
  readonly statuses: readonly number[];
  readonly isClosed: boolean;
}

/** Sends bytes as they are and reads until the server closes, `until` is satisfied, or the deadline passes. */
export async function sendRaw(
  port: number,
  text: string | Uint8Array,
  options: { readonly deadlineMs?: number; readonly until?: (text: string) => boolean } = {},
): Promise<RawAnswer> {
  const { deadlineMs = 2_000, until = () => false } = options;
  const socket: Socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  let isClosed = false;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, deadlineMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      if (until(received)) end();
    });
    socket.on('close', () => {
      isClosed = true;
      end();
    });
    socket.on('error', () => undefined);
    socket.write(text);
  });
  socket.destroy();
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  return { text: received, statuses, isClosed };
}

/** A POST with a body, as text. */
export function rawPost(body: string, headers: readonly string[] = [], path = '/graphql'): string {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: x',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return `${[...lines, ...headers].join('\r\n')}\r\n\r\n${body}`;
}
