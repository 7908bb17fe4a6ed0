import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { startSequencer } from '../../db/change-feed/start-sequencer.ts';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';
import { raiseAlerts } from './alerts/raise-alerts.ts';
import { findRecentAudit } from './audit/check-stock.ts';
import { purgeIdempotencyRecords } from './commands/purge-idempotency-records.ts';
import { expireHolds } from './reservations/expire-holds.ts';
import { buildSums, findSummedSkus } from './sums/build-sums.ts';
import { foldLevels } from './sums/fold-levels.ts';

export interface InventoryJobsOptions {
  readonly db: Kysely<InventoryDatabase>;
  /** Told when a job fails; it is tried again at its next turn. */
  readonly onError: (error: unknown, job: string) => void;
  /** How often expired holds are tidied up: 5 s. Buyers do not wait for it; what people see as held does. */
  readonly sweepEveryMs?: number;
  /** How old the last audit may be: an hour. It reads every movement. */
  readonly auditEveryMs?: number;
  /** How often is looked for alerts when there was nothing: 100 ms, one short statement. */
  readonly alertsEveryMs?: number;
  /** How often is looked for SKUs that lie at many locations by now: 10 minutes. It goes through the index of all levels. */
  readonly crowdsEveryMs?: number;
  /** How often is looked for sums that are missing, or that a rule has made useless: a minute. */
  readonly sumsEveryMs?: number;
  /** How often is looked for SKUs of which many levels have changed since they were summed: 5 s. Numbers are right before, too. */
  readonly foldEveryMs?: number;
}

/** Jobs that run until they are closed. */
export interface InventoryJobs {
  /** Ends after what runs right now. Closing twice is safe. */
  close(): Promise<void>;
}

/**
 * Tidies up and checks, from now on. Several processes may do so: they find less to do each, and one at a time audits, and numbers
 * and prunes the change feed. Nothing that is promised depends on it, but a live reader hears of a change only when it is numbered.
 */
export function startInventoryJobs(options: InventoryJobsOptions): InventoryJobs {
  const { db, sweepEveryMs = 5_000, auditEveryMs = 3_600_000, alertsEveryMs = 100 } = options;
  const { crowdsEveryMs = 600_000, sumsEveryMs = 60_000, foldEveryMs = 5_000 } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const sequencer = startSequencer(db, { onError: (error) => options.onError(error, 'sequencer') });
  const running = Promise.all([
    repeat('sweep', sweepEveryMs, async () => {
      while ((await expireHolds(db, signal)) > 0) signal.throwIfAborted();
    }),
    repeat('alerts', alertsEveryMs, async () => {
      while (await raiseAlerts(db, signal)) signal.throwIfAborted();
    }),
    repeat('crowds', crowdsEveryMs, () => findSummedSkus(db)),
    repeat('sums', sumsEveryMs, async () => {
      while ((await buildSums(db)) > 0) signal.throwIfAborted();
    }),
    repeat('fold', foldEveryMs, async () => {
      while ((await foldLevels(db, signal)) > 0) signal.throwIfAborted();
    }),
    repeat('audit', Math.min(auditEveryMs, 60_000), () => findRecentAudit(db, auditEveryMs)),
    repeat('purge', 3_600_000, () => purgeIdempotencyRecords(db, signal)),
  ]);

  async function repeat(job: string, everyMs: number, work: () => Promise<unknown>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (!signal.aborted) options.onError(error, job);
      }
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    async close() {
      closing.abort();
      await Promise.all([running, sequencer.close()]);
    },
  };
}
