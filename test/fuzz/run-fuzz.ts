import * as fc from 'fast-check';
import { expect } from 'vitest';
import { expectNothingRuns, expectQuiet } from '../attacks/expect-unharmed.ts';
import { type FuzzCase, printCase } from './cases/fuzz-case.ts';
import { writeCase } from './cases/write-case.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { HttpLane } from './send/http-lane.ts';
import { sendCase } from './send/send-case.ts';
import { LoopWatch, measureWorstTurnMs } from './watch-loop.ts';

export interface Fuzzing {
  readonly runs: number;
  readonly seed: number;
  /** Told of everything that was sent and answered. */
  readonly count: (what: string, by?: number) => void;
  /** Told between batches how much of the run is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

const batchSize = 32;
const lanes = 8;
const maxCaseBytes = 320;
/** What the limits promise, in CPU time of the event loop. */
const maxTurnMs = 50;
const shrinkMs = 60_000;

const caseBytes = fc.uint8Array({ maxLength: maxCaseBytes, size: 'max' });

/** A case that was answered wrongly, with the bytes it was made of. */
class CaseFailure extends Error {
  readonly bytes: Uint8Array;
  constructor(sent: FuzzCase, bytes: Uint8Array, cause: unknown) {
    super(`${cause instanceof Error ? cause.message : String(cause)}\n${printCase(sent)}`, { cause });
    this.bytes = bytes;
  }
}

/** Sends random cases to a world and fails for the first that is answered as none may be, made as small as it gets. */
export async function runFuzz(world: FuzzWorld, { runs, seed, count, onProgress }: Fuzzing): Promise<void> {
  await using fuzzer = openFuzzer(world, count);
  const batches = Math.ceil(runs / batchSize);
  let done = 0;
  const property = fc.asyncProperty(
    fc.array(caseBytes, { minLength: batchSize, maxLength: batchSize }),
    async (batch) => {
      await fuzzer.send(batch);
      onProgress?.(++done / batches);
    },
  );
  const details = await fc.check(property, { numRuns: batches, seed, endOnFailure: true });
  if (details.failed) throw await explain(details.errorInstance, fuzzer, seed);
  fuzzer.leave();
  await expectQuiet(world.url);
}

/** The smallest case that fails like the one that did; the failure itself when it does not fail alone. */
async function explain(error: unknown, fuzzer: Fuzzer, seed: number): Promise<Error> {
  if (!(error instanceof CaseFailure))
    return new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`, { cause: error });
  const alone = fc.asyncProperty(caseBytes, (bytes) => fuzzer.send([bytes]));
  const shrunk = await fc.check(alone, {
    examples: [[error.bytes]],
    numRuns: 1,
    seed,
    interruptAfterTimeLimit: shrinkMs,
  });
  const smallest = shrunk.errorInstance instanceof CaseFailure ? shrunk.errorInstance : error;
  return new Error(
    `seed ${seed}: ${smallest.message}\nbytes [${smallest.bytes.join()}]\nas it came: ${error.message}`,
    { cause: smallest },
  );
}

interface Fuzzer extends AsyncDisposable {
  send(batch: readonly Uint8Array[]): Promise<void>;
  /** Leaves its connections. */
  leave(): void;
}

function openFuzzer(world: FuzzWorld, count: Fuzzing['count']): Fuzzer {
  const open = Array.from({ length: lanes }, () => new HttpLane(world.port));
  const watch = new LoopWatch();
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  const natives = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
  const keysOf = (): string => natives.map((native) => Reflect.ownKeys(native).length).join();
  const pure = keysOf();
  const tally = (what: string): void => count(what);

  async function sendAll(batch: readonly Uint8Array[]): Promise<void> {
    const waiting = batch.entries();
    const work = async (lane: HttpLane): Promise<void> => {
      for (const [, bytes] of waiting) {
        const sent = writeCase(world.target, bytes);
        count(sent.road);
        await sendCase(sent, world.port, lane, tally).catch((error: unknown) => {
          lane.close();
          throw new CaseFailure(sent, bytes, error);
        });
      }
    };
    const ends = await Promise.allSettled(open.map(work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** Whoever held the event loop does so again when it is sent alone under another text, which no cache knows. */
  async function findBlocker(batch: readonly Uint8Array[]): Promise<void> {
    const [lane] = open;
    if (lane === undefined) return;
    for (const bytes of batch) {
      let least = Number.POSITIVE_INFINITY;
      let isRefused = true;
      for (let turn = 0; turn < 4 && least > maxTurnMs; turn++) {
        const sent = writeCase({ ...world.target, salt: `${turn} ${Math.random()}` }, bytes);
        const note = (what: string): void => {
          if (what === 'data') isRefused = false;
        };
        least = Math.min(least, await measureWorstTurnMs(() => sendCase(sent, world.port, lane, note)));
      }
      if (least <= maxTurnMs || !(isRefused || world.areSubgraphsElsewhere)) continue;
      throw new CaseFailure(
        writeCase(world.target, bytes),
        bytes,
        new Error(`It holds the event loop for ${Math.round(least)} ms.`),
      );
    }
  }

  return {
    async send(batch) {
      watch.takeWorstMs();
      await sendAll(batch);
      if (watch.takeWorstMs() > maxTurnMs + 10) {
        count('batches looked at again');
        await findBlocker(batch);
      }
      if (keysOf() !== pure) throw new Error('A prototype was changed.');
      if (rejections.length > 0)
        throw new Error('A promise was rejected and nobody heard of it.', { cause: rejections[0] });
      await expectNothingRuns(world.url).catch((error: unknown) => {
        const cases = batch.map((bytes) => printCase(writeCase(world.target, bytes)));
        throw new Error(`After one of\n${cases.join('\n')}`, { cause: error });
      });
      for (const line of world.takeLog()) expect(Object.keys(JSON.parse(line) as object)).toContain('level');
      const response = await fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: world.usual.query }),
      });
      expect(await response.json()).toMatchObject({ data: world.usual.data });
    },
    leave() {
      for (const lane of open) lane.close();
    },
    async [Symbol.asyncDispose]() {
      for (const lane of open) lane.close();
      watch.stop();
      process.off('unhandledRejection', onRejection);
    },
  };
}
