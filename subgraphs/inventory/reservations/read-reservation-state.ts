import { type Selectable, sql, type Transaction } from 'kysely';
import type { InventoryDatabase, StockHoldLineTable } from '../../../db/tables/inventory.ts';
import { type Bundles, partsOf } from '../bundles/bundle-parts.ts';
import { readChannelTerms } from '../channel-rules/read-channel-terms.ts';
import { readQuotas } from '../channel-rules/read-quotas.ts';
import { sellableOf } from '../ledger/level.ts';
import type { LevelBook } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import { lockHolds } from '../locks.ts';
import type { Candidates } from './find-candidates.ts';
import type { LockedHold, LockedHoldLine, ReservationAnswer, ReservationRequest } from './reservation.ts';
import { candidateKey, type ReservationState } from './reservation-draft.ts';

/**
 * What a batch decides on. Its levels are locked already, so that these statements see whatever those before us committed;
 * read together with the lock, they would see the state from before the wait.
 */
export async function readReservationState(
  trx: Transaction<InventoryDatabase>,
  requests: readonly ReservationRequest[],
  levels: LevelBook,
  candidates: Candidates,
  bundles: Bundles,
  claimed: ReadonlySet<string>,
): Promise<ReservationState> {
  const { now, records } = await readClockAndRecords(trx, requests, claimed);
  const named = holdIdsOf(requests);
  const expired = await findExpiredHolds(trx, shortLevels(requests, levels, candidates, bundles), now);
  const ids = [...new Set([...named, ...expired])];
  const holds = ids.length === 0 ? new Map() : await readHolds(trx, ids);
  const terms = await readChannelTerms(trx, channelLevels(requests, candidates, bundles), now);
  const quotas = await readQuotas(trx, channelSkus(requests, bundles), holds, now);
  return { now, levels, holds, candidates, bundles, terms, quotas, records };
}

/** The SKUs that commands want for a channel, bundles as their parts. */
function channelSkus(requests: readonly ReservationRequest[], bundles: Bundles) {
  return requests.flatMap(({ command }) => {
    if (command.kind !== 'HOLD') return [];
    const { channelId } = command;
    return channelId === undefined
      ? []
      : command.lines.flatMap((line) => partsOf(bundles, line.sku).map(({ sku }) => ({ channelId, sku })));
  });
}

/** The levels that commands want for a channel. */
function channelLevels(requests: readonly ReservationRequest[], candidates: Candidates, bundles: Bundles) {
  return requests.flatMap((request) => {
    const channelId = request.command.kind === 'HOLD' ? request.command.channelId : undefined;
    if (channelId === undefined) return [];
    return wantedLevels([request], candidates, bundles).map(({ sku, locationId }) => ({ channelId, sku, locationId }));
  });
}

/** The holds that commands are about. */
export function holdIdsOf(requests: readonly ReservationRequest[]): string[] {
  return requests.flatMap(({ command }) => (command.kind === 'HOLD' ? [] : [command.holdId]));
}

/** The levels that commands ask for: those they name, and the candidates of lines that leave the choice to us; of bundles, those of their parts. */
export function wantedLevels(
  requests: readonly ReservationRequest[],
  candidates: Candidates,
  bundles: Bundles,
): (LevelKey & { readonly quantity: number })[] {
  return requests.flatMap(({ command }) => {
    if (command.kind !== 'HOLD') return [];
    return command.lines.flatMap(({ sku, locationId, quantity }) => {
      const found = command.channelId === undefined ? undefined : candidates.get(candidateKey(command.channelId, sku));
      return partsOf(bundles, sku).flatMap((part) =>
        (locationId === undefined ? (found ?? []) : [locationId]).map((place) => ({
          sku: part.sku,
          locationId: place,
          quantity: quantity * part.quantity,
        })),
      );
    });
  });
}

/** The levels that cannot give what the whole batch may want of them. */
function shortLevels(
  requests: readonly ReservationRequest[],
  levels: LevelBook,
  candidates: Candidates,
  bundles: Bundles,
): readonly LevelKey[] {
  const demand = new Map<string, number>();
  for (const wanted of wantedLevels(requests, candidates, bundles)) {
    const key = levelKeyText(wanted);
    demand.set(key, (demand.get(key) ?? 0) + wanted.quantity);
  }
  return [...levels].filter(([key, level]) => sellableOf(level) < (demand.get(key) ?? 0)).map(([, level]) => level);
}

/** The database's clock, and what was answered to keys that we have not claimed ourselves. */
async function readClockAndRecords(
  trx: Transaction<InventoryDatabase>,
  requests: readonly ReservationRequest[],
  claimed: ReadonlySet<string>,
) {
  const keys = requests.map((request) => request.idempotencyKey).filter((key) => !claimed.has(key));
  const { rows } = await sql<{ now: Date; key: string | null; fingerprint: string; answer: ReservationAnswer }>`
    select clock.now, key, fingerprint, answer
      from (select date_trunc('milliseconds', clock_timestamp()) as now) as clock
      left join idempotency_record on key = any (${keys}::text[])`.execute(trx);
  const now = rows[0]?.now ?? new Date(Number.NaN);
  const records = new Map(
    rows.flatMap(({ key, fingerprint, answer }) => (key === null ? [] : [[key, { fingerprint, answer }] as const])),
  );
  // A record that was there when we claimed keys and is gone now was 30 days old: asked again, the key is a new one.
  if (keys.some((key) => !records.has(key))) throw new Error('A key was forgotten while it was asked for');
  return { now, records };
}

async function findExpiredHolds(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
  now: Date,
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ hold_id: string }>`
    select distinct hold_id
      from unnest(${keys.map((key) => key.sku)}::text[], ${keys.map((key) => key.locationId)}::text[]) as short (sku, location_id)
      join stock_hold_line using (sku, location_id)
     where is_open and expires_at <= ${now.toISOString()}::timestamptz`.execute(trx);
  return rows.map((row) => row.hold_id);
}

/** Locks holds and reads their lines. Locked rows come as they are after the wait: an extended hold is not expired. */
export async function readHolds(
  trx: Transaction<InventoryDatabase>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LockedHold>> {
  const rows = await lockHolds(trx, ids);
  const lines = await trx
    .selectFrom('stock_hold_line')
    .selectAll()
    .where('hold_id', 'in', [...ids])
    .execute();
  const linesByHold = Map.groupBy(lines, (line) => line.hold_id);
  return new Map(rows.map((row) => [row.id, { row, lines: (linesByHold.get(row.id) ?? []).map(toHoldLine) }]));
}

function toHoldLine(line: Selectable<StockHoldLineTable>): LockedHoldLine {
  return {
    sku: line.sku,
    locationId: line.location_id,
    quantity: line.quantity,
    isOpen: line.is_open,
    quotaId: line.quota_id,
  };
}
