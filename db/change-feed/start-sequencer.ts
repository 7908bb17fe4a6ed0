import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { ensureEpoch } from './feed-state.ts';
import { defaultRetention, pruneChanges, type Retention } from './prune.ts';
import { sequenceBatch, sequenceChanges, wakeReaders } from './sequence.ts';
import { createSignalPoint, waitFor } from './signal-point.ts';
import type { ChangeFeedDatabase } from './tables.ts';

/** A running sequencer. Must be closed; closing twice is safe. */
export interface Sequencer {
  /** Says that something was just committed, so that it need not wait for the next look. Optional: others' commits are found too. */
  nudge(): void;
  close(): Promise<void>;
}

export interface SequencerOptions {
  readonly retention?: Retention;
  /** Told of what went wrong; the sequencer goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

/** Looks this often while changes come … */
const busyPauseMs = 5;
/** … and less and less often, down to this, while none do: 20 short statements a second on an idle shop. */
const idlePauseMs = 50;
/** NOTIFY makes every listening connection's process wake up: at most this often. */
const wakeIntervalMs = 10;
const pruneIntervalMs = 60_000;

/** Numbers changes as they are committed. Any number may run, in any processes: the database lets one at a time number. */
export function startSequencer(db: Kysely<ChangeFeedDatabase>, options: SequencerOptions = {}): Sequencer {
  const { retention = defaultRetention, onError = () => undefined } = options;
  const stop = new AbortController();
  const nudged = createSignalPoint();
  const readers = createWaker(db, onError);

  const run = async () => {
    let isEpochSure = false;
    let pruneAt = Date.now() + pruneIntervalMs;
    for (let pauseMs = busyPauseMs; !stop.signal.aborted; ) {
      const nudge = nudged.next(); // taken before looking, so that none is missed
      try {
        // Again after every error: the server may have come back as a restored one.
        if (!isEpochSure) await ensureEpoch(db);
        isEpochSure = true;
        const count = await sequenceChanges(db);
        if (count > 0) readers.wake();
        if (count === sequenceBatch) continue;
        pauseMs = count > 0 ? busyPauseMs : Math.min(idlePauseMs, pauseMs * 2);
        if (Date.now() >= pruneAt) {
          await pruneChanges(db, retention, stop.signal);
          pruneAt = Date.now() + pruneIntervalMs;
        }
      } catch (error) {
        if (!stop.signal.aborted) onError(error);
        isEpochSure = false;
        pauseMs = 100 + Math.random() * 400;
      }
      await waitFor(nudge, pauseMs, stop.signal);
    }
  };

  const running = run();
  let closing: Promise<void> | undefined;
  const stopAll = async () => {
    stop.abort();
    await running;
    await readers.close();
  };
  return {
    nudge: nudged.raise,
    close: () => {
      closing ??= stopAll();
      return closing;
    },
  };
}

/** Wakes at most once in `wakeIntervalMs`, and after the last call for sure. Numbering does not wait for it. */
function createWaker(db: Kysely<ChangeFeedDatabase>, onError: (error: unknown) => void) {
  let isWanted = false;
  let sending: Promise<void> | undefined;
  const send = async () => {
    while (isWanted) {
      isWanted = false;
      await wakeReaders(db).catch(onError);
      await delay(wakeIntervalMs);
    }
    sending = undefined;
  };
  return {
    wake: () => {
      isWanted = true;
      sending ??= send();
    },
    close: async () => sending,
  };
}
