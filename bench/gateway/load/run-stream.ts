import { setTimeout as wait } from 'node:timers/promises';
import type { StreamResult, StreamSpec } from './load-spec.ts';
import { type Connection, openConnection } from './open-connection.ts';
import { createRequestSource } from './request-source.ts';

/** Due operations that wait for a connection; more are not sent, and the table shows how many were. */
const waitingAtMost = 10_000;
const latenciesKept = 2_000_000;
const drainDeadlineMs = 5_000;

export interface RunningStream {
  /** From now on operations count. */
  measure(): void;
  /** Nothing more is sent or measured. What is under way is waited for: a gateway that goes on with it would be measured in another's window. */
  end(): Promise<StreamResult>;
}

/** Opens a stream's connections and begins to send. */
export async function runStream(port: number, spec: StreamSpec): Promise<RunningStream> {
  const next = createRequestSource(spec.source);
  const latencies: number[] = [];
  let [operations, allOperations, failures, underWay] = [0, 0, 0, 0];
  const drained = Promise.withResolvers<void>();
  let [isMeasuring, isRunning] = [false, true];
  let firstFailure: string | undefined;
  const idle: Connection[] = [];
  const due: number[] = [];

  const fail = (reason: string) => {
    if (!isRunning) return;
    failures += 1;
    firstFailure ??= reason;
  };
  const finish = (startedAt: number) => {
    allOperations += 1;
    if (!isMeasuring) return;
    operations += 1;
    if (latencies.length < latenciesKept) latencies.push(performance.now() - startedAt);
  };
  const sendOperation = (connection: Connection, dueAt: number) => {
    const requests = next();
    let sent = 0;
    underWay += 1;
    const sendNext = () => {
      const request = requests[sent++];
      if (request !== undefined) connection.send(request, onAnswer);
      else {
        finish(dueAt);
        release(connection);
      }
    };
    const onAnswer = (head: string, body: Buffer) => {
      const fault = findFault(head, body, spec.answerBytes);
      if (fault !== undefined) fail(fault);
      sendNext();
    };
    sendNext();
  };
  const start = (connection: Connection) => {
    if (spec.perSecond === undefined) return sendOperation(connection, performance.now());
    const waiting = due.shift();
    if (waiting === undefined) idle.push(connection);
    else sendOperation(connection, waiting);
  };
  const release = (connection: Connection) => {
    underWay -= 1;
    if (!isRunning) return underWay === 0 ? drained.resolve() : undefined;
    start(connection);
  };
  const becomeDue = () => {
    // In turn: servers close a connection that nothing has been sent on for long.
    const connection = idle.shift();
    if (connection !== undefined) sendOperation(connection, performance.now());
    else if (due.length < waitingAtMost) due.push(performance.now());
  };

  const connections = await Promise.all(Array.from({ length: spec.connections }, () => openConnection(port, fail)));
  for (const connection of connections) start(connection);
  const stopRate = spec.perSecond === undefined ? () => {} : startRate(spec.perSecond, becomeDue);
  return {
    measure() {
      isMeasuring = true;
    },
    async end() {
      isRunning = false;
      isMeasuring = false;
      stopRate();
      if (underWay > 0) await Promise.race([drained.promise, wait(drainDeadlineMs, undefined, { ref: false })]);
      for (const connection of connections) connection.close();
      latencies.sort((a, b) => a - b);
      const [p50Ms, p99Ms] = [takeRank(latencies, 0.5), takeRank(latencies, 0.99)];
      return { operations, allOperations, failures, firstFailure, p50Ms, p99Ms };
    },
  };
}

/**
 * Calls back at a steady rate, as near as a timer of 1 ms allows. It wakes up when something is due: a timer that ticks each millisecond took
 * half a core of a virtual machine, more than the gateway that was measured. Returns how to stop it.
 */
function startRate(perSecond: number, callback: () => void): () => void {
  const startedAt = performance.now();
  const everyMs = 1_000 / perSecond;
  let called = 0;
  let timer = setTimeout(tick, everyMs);
  function tick(): void {
    const elapsedMs = performance.now() - startedAt;
    for (; (called + 1) * everyMs <= elapsedMs; called += 1) callback();
    timer = setTimeout(tick, Math.ceil((called + 1) * everyMs - elapsedMs));
  }
  return () => clearTimeout(timer);
}

function findFault(head: string, body: Buffer, answerBytes: number | undefined): string | undefined {
  const isGood = head.startsWith('HTTP/1.1 200') && body.indexOf('{"data":{') === 0;
  if (isGood && (answerBytes === undefined || body.length === answerBytes)) return undefined;
  return `${head.slice(0, head.indexOf('\r\n'))} with ${body.length} bytes: ${body.subarray(0, 300).toString()}`;
}

/** The value that a share of the sorted values does not exceed; NaN of none. */
function takeRank(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
