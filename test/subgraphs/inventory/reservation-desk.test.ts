import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs, type OwnerConnection } from '../../../db/connect.ts';
import type { ReservationRequest } from '../../../subgraphs/inventory/reservations/reservation.ts';
import { createReservationDesk } from '../../../subgraphs/inventory/reservations/reservation-desk.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive } from './stock-operations.ts';

let inventory: OpenInventory;
let second: OwnerConnection<'inventory'>;
const { signal } = new AbortController();

beforeAll(async () => {
  inventory = await openInventory();
  second = connectAs(inventory.url, 'inventory');
  await addLocation(inventory.db, 'camden');
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await second.close();
  await inventory.close();
});

function hold(sku: string, quantity: number, idempotencyKey: string = randomUUID()): ReservationRequest {
  return {
    command: {
      kind: 'HOLD',
      lines: [{ sku, locationId: 'camden', quantity, path: ['input'] }],
      channelId: undefined,
      owner: { kind: 'CART', id: null, customerId: null, note: null },
      minutes: 10,
    },
    idempotencyKey,
    fingerprint: JSON.stringify([sku, quantity]),
    actor: 'test',
    mayUse: () => true,
  };
}

async function stockUp(quantity: number): Promise<string> {
  const sku = randomUUID();
  await receive(inventory.ask, 'camden', sku, quantity);
  return sku;
}

const heldAt = async (sku: string) =>
  (
    await inventory.db
      .selectFrom('stock_level')
      .select(['held', 'version'])
      .where('sku', '=', sku)
      .executeTakeFirstOrThrow()
  ).held;

describe('the reservation desk', () => {
  it('serves a crowd in one transaction of a few statements, first come first served', async () => {
    const sku = await stockUp(60);
    const desk = createReservationDesk(inventory.db);
    inventory.statements.length = 0;
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => desk.submit(hold(sku, 1), signal)));
    expect(outcomes.map(({ problems }) => problems.length)).toEqual([...Array(60).fill(0), ...Array(40).fill(1)]);
    expect(await heldAt(sku)).toBe(60);
    const written = inventory.statements
      .filter((text) => !/^(begin|commit)/.test(text))
      .map((text) => text.trim().slice(0, 30));
    // Keys, bundles, lock, clock and earlier answers, expired holds, levels with ledger and changes, holds with answers; and this test's own look.
    expect(written).toHaveLength(8);
  });

  it('gives a large order its refusal and the small one behind it its goods', async () => {
    const sku = await stockUp(5);
    const desk = createReservationDesk(inventory.db);
    const wanted = [3, 3, 2, 1];
    const outcomes = await Promise.all(wanted.map((quantity) => desk.submit(hold(sku, quantity), signal)));
    expect(outcomes.map(({ problems }) => problems)).toMatchObject([
      [],
      [{ availableToSell: 2 }],
      [],
      [{ availableToSell: 0 }],
    ]);
  });

  it('lets nobody suffer for one whose data cannot be stored', async () => {
    const sku = await stockUp(5);
    const desk = createReservationDesk(inventory.db);
    const outcomes = await Promise.allSettled([
      desk.submit(hold(sku, 1), signal),
      desk.submit({ ...hold(sku, 1), fingerprint: 'a\u0000' }, signal),
      desk.submit(hold(sku, 1), signal),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await heldAt(sku)).toBe(2);
  });

  it('forgets those who left before their turn', async () => {
    const sku = await stockUp(5);
    const desk = createReservationDesk(inventory.db);
    const leaving = new AbortController();
    const left = desk.submit(hold(sku, 1), leaving.signal);
    const stayed = desk.submit(hold(sku, 1), signal);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect((await stayed).problems).toEqual([]);
    expect(await heldAt(sku)).toBe(1);
  });

  it('turns callers away when the queue is full, and serves again afterwards', async () => {
    const sku = await stockUp(50);
    const desk = createReservationDesk(inventory.db, { maxBatch: 2, maxWaiting: 4 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, async () => desk.submit(hold(sku, 1), signal)),
    );
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(6);
    expect(refused[0]?.reason.extensions.code).toBe('OVERLOADED');
    expect((await desk.submit(hold(sku, 1), signal)).problems).toEqual([]);
    expect(await heldAt(sku)).toBe(5);
  });

  it('acts once for a key that comes to two processes at the same moment, also with two inputs', async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await stockUp(9), await stockUp(9)];
      const desks = [createReservationDesk(inventory.db), createReservationDesk(second.db)];
      const key = randomUUID();
      const outcomes = await Promise.all(
        [hold(a, 1, key), hold(round % 2 === 0 ? a : b, 1, key)].map((request, i) => desks[i]?.submit(request, signal)),
      );
      expect((await heldAt(a)) + (await heldAt(b))).toBe(1);
      const ids = new Set(outcomes.map((outcome) => outcome?.holdId).filter((id) => id !== null));
      expect(ids.size).toBe(1);
    }
  });

  it('goes on after the database cut its connections, and a retry with the same key acts once', async () => {
    const sku = await stockUp(500);
    const desk = createReservationDesk(second.db, { maxBatch: 8 });
    const requests = Array.from({ length: 200 }, () => hold(sku, 1));
    let cuts = 0;
    let isOver = false;
    const cut = async () => {
      while (!isOver && cuts < 20) cuts += await inventory.cutConnections();
    };
    const buy = async (request: ReservationRequest): Promise<void> => {
      for (let attempt = 0; ; attempt++) {
        const outcome = await desk.submit(request, signal).catch((error) => {
          if (attempt > 100) throw error;
        });
        if (outcome !== undefined) return;
      }
    };
    const cutting = cut();
    await Promise.all(requests.map(buy));
    isOver = true;
    await cutting;
    expect(cuts).toBeGreaterThan(0);
    expect(await heldAt(sku)).toBe(200);
  });
});
