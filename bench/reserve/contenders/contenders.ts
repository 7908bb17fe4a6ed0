import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import {
  createReservationDesk,
  type ReservationDesk,
} from '../../../subgraphs/inventory/reservations/reservation-desk.ts';
import { createGuardedDesk } from './guarded-desk.ts';
import { createTextbookDesk } from './textbook-desk.ts';

export const contenderNames = ['textbook', 'guarded', 'ours'] as const;
export type ContenderName = (typeof contenderNames)[number];

export const contenderTitles: Readonly<Record<ContenderName, string>> = {
  textbook: 'textbook transaction (SELECT … FOR UPDATE)',
  guarded: 'one guarded statement',
  ours: 'Oneshelf',
};

/** A way to reserve, behind the interface of ours: the mutation in front of it, and the tables behind it, are the same for all. */
export function createContender(name: ContenderName, db: Kysely<InventoryDatabase>): ReservationDesk {
  switch (name) {
    case 'textbook':
      return createTextbookDesk(db);
    case 'guarded':
      return createGuardedDesk(db);
    case 'ours':
      return createReservationDesk(db);
    default:
      return name satisfies never;
  }
}
