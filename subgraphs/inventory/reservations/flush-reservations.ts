import type { Kysely, Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { claimKeys } from '../../shared/idempotency.ts';
import { readBundles } from '../bundles/bundle-parts.ts';
import { writeMovements } from '../ledger/write-movements.ts';
import { lockLevels } from '../locks.ts';
import { decideReservations } from './decide-reservations.ts';
import { findCandidates } from './find-candidates.ts';
import { holdIdsOf, readReservationState, wantedLevels } from './read-reservation-state.ts';
import type { ReservationOutcome, ReservationRequest } from './reservation.ts';
import { writeHolds } from './write-holds.ts';

/**
 * A batch of reservations in one transaction: each gets its own outcome, in the order of the requests, and all are written or none.
 * The cost is that of a few statements however many requests there are.
 */
export async function flushReservations(
  db: Kysely<InventoryDatabase>,
  requests: readonly ReservationRequest[],
): Promise<readonly ReservationOutcome[]> {
  return inTransaction(db, async (trx) => {
    const claimed = await claimKeys(
      trx,
      requests.map((request) => request.idempotencyKey),
    );
    const bundles = await readWantedBundles(trx, requests);
    const candidates = await findCandidates(trx, requests, bundles);
    const levels = await lockLevels(trx, wantedLevels(requests, candidates, bundles), holdIdsOf(requests));
    const state = await readReservationState(trx, requests, levels, candidates, bundles, claimed);
    const { outcomes, draft } = decideReservations(state, requests);
    await writeMovements(trx, levels, draft.movements);
    await writeHolds(trx, draft);
    return outcomes;
  });
}

/** Read before any lock: what a bundle is made of may change meanwhile, and whoever holds it then gets what it was. */
async function readWantedBundles(trx: Transaction<InventoryDatabase>, requests: readonly ReservationRequest[]) {
  const skus = requests.flatMap(({ command }) => (command.kind === 'HOLD' ? command.lines.map(({ sku }) => sku) : []));
  return skus.length === 0 ? new Map() : readBundles(trx, skus);
}
