import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface SteadyLoad {
  /** Answers so far. */
  answered(): number;
  /** Takes the latencies in ms since the last time, from when each request was due. */
  takeLatencies(): number[];
  /** Requests without an answer, or with one that `judge` finds fault with. */
  readonly failures: readonly string[];
  /** Sends no more, and waits for the answers. */
  stop(): Promise<void>;
}

export interface SteadyLoadOptions {
  readonly url: string;
  readonly perSecond: number;
  /** The n-th request. */
  readonly toBody: (n: number) => unknown;
  /** What is wrong with the answer to the n-th request; undefined when nothing is. */
  readonly judge: (text: string, n: number) => string | undefined;
}

/** Sends so many requests a second whether or not earlier ones are answered, as many clients would: a stall counts in all that fall into it. */
export function startSteadyLoad({ url, perSecond, toBody, judge }: SteadyLoadOptions): SteadyLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const failures: string[] = [];
  const running = new Set<Promise<void>>();
  const startedAt = performance.now();
  let latencies: number[] = [];
  let sent = 0;
  let answered = 0;
  let isStopping = false;

  const send = async (n: number, dueAt: number): Promise<void> => {
    const fault = await ask(url, agent, JSON.stringify(toBody(n))).then((text) => judge(text, n), String);
    if (fault !== undefined) failures.push(fault);
    answered++;
    latencies.push(performance.now() - dueAt);
  };
  const loop = (async () => {
    while (!isStopping) {
      for (let dueAt = startedAt; ; ) {
        dueAt = startedAt + (sent * 1000) / perSecond;
        if (dueAt > performance.now()) break;
        const call = send(sent++, dueAt).finally(() => running.delete(call));
        running.add(call);
      }
      await delay(1);
    }
  })();
  return {
    failures,
    answered: () => answered,
    takeLatencies() {
      const taken = latencies;
      latencies = [];
      return taken;
    },
    async stop() {
      isStopping = true;
      await loop;
      await Promise.all(running);
      agent.destroy();
    },
  };
}

function ask(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(`${response.statusCode} ${text}`),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
