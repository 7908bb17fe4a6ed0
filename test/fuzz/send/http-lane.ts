import { connect, type Socket } from 'node:net';
import { type HttpAnswer, readHttpAnswer } from './read-http-answer.ts';

/** A feed that has said nothing for so long is left. */
const quietMs = 300;
const deadlineMs = 30_000;

function open(port: number): Socket {
  // What an error means for a request, the close after it says too.
  return connect({ port, host: '127.0.0.1', noDelay: true }).on('error', () => undefined);
}

/** A connection that is used again and again, and made anew when the other side has closed it. Close it when done. */
export class HttpLane {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends one request and reads its answer; of an event stream that goes on, what came first. */
  async ask(bytes: Buffer): Promise<HttpAnswer> {
    const isReused = this.#socket !== undefined;
    const answer = await this.#askOnce(bytes);
    if (answer !== undefined) return answer;
    // It was closed between two requests, as servers may.
    const again = isReused ? await this.#askOnce(bytes) : undefined;
    if (again === undefined) throw new Error('The connection was closed without an answer.');
    return again;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #askOnce(bytes: Buffer): Promise<HttpAnswer | undefined> {
    const socket = this.#socket ?? open(this.#port);
    this.#socket = socket;
    let received: Buffer = Buffer.alloc(0);
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer | undefined>();
    const read = (isClosed: boolean): void => {
      const taken = readHttpAnswer(received);
      if (taken === undefined) return;
      const { answer, isWhole, size } = taken;
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (isWhole && size < received.length)
        throw new Error(`More came than one answer: ${received.toString('latin1', size, size + 80)}`);
      if (isWhole || isClosed) {
        if (answer.headers.get('connection') === 'close' || isClosed) this.close();
        resolve(answer);
      } else if (isStream) {
        clearTimeout(quiet);
        quiet = setTimeout(() => {
          this.close();
          resolve(answer);
        }, quietMs);
      }
    };
    const attempt = (isClosed: boolean): void => {
      try {
        read(isClosed);
      } catch (error) {
        reject(error);
      }
    };
    let quiet: NodeJS.Timeout | undefined;
    const onData = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      attempt(false);
    };
    const onClose = (): void => {
      this.#socket = undefined;
      attempt(true);
      resolve(undefined);
    };
    const deadline = setTimeout(() => reject(new Error(`No whole answer within ${deadlineMs} ms.`)), deadlineMs);
    socket.on('data', onData).on('close', onClose);
    socket.write(bytes);
    return promise.finally(() => {
      clearTimeout(deadline);
      clearTimeout(quiet);
      socket.off('data', onData).off('close', onClose);
    });
  }
}
