import { Agent, request } from 'node:http';

export interface LoadReport {
  readonly answered: number;
  /** Requests that got no answer, or another than expected. */
  readonly failures: readonly string[];
  /** Connections that were refused before anything was sent: nothing that was accepted failed. */
  readonly refused: number;
}

/** Sends the same request from several keep-alive clients until stopped, each as soon as the last is answered. */
export function startLoad(
  url: string,
  query: string,
  isExpected: (body: string) => boolean,
  clients = 8,
): { readonly answered: () => number; stop(): Promise<LoadReport> } {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const failures: string[] = [];
  let answered = 0;
  let refused = 0;
  let isStopping = false;
  const body = JSON.stringify({ query });

  const ask = (): Promise<void> =>
    new Promise((resolve) => {
      const call = request(
        url,
        { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', (error) => failures.push(error.message));
          response.on('close', () => {
            if (response.complete && response.statusCode === 200 && isExpected(text)) answered++;
            else failures.push(`${response.statusCode} ${text.slice(0, 300)}`);
            resolve();
          });
        },
      );
      call.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') {
          refused++;
          isStopping = true;
        } else failures.push(`${error.code} ${error.message}`);
        resolve();
      });
      call.end(body);
    });

  const loops = Array.from({ length: clients }, async () => {
    while (!isStopping) await ask();
  });
  return {
    answered: () => answered,
    async stop() {
      isStopping = true;
      await Promise.all(loops);
      agent.destroy();
      return { answered, failures, refused };
    },
  };
}
