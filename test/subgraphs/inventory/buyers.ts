import { connectAs } from '../../../db/connect.ts';
import type { ReservationCommand } from '../../../subgraphs/inventory/reservations/reservation.ts';
import { createReservationDesk } from '../../../subgraphs/inventory/reservations/reservation-desk.ts';

/*
 * A process of its own: node buyers.ts URL SKU FIRST COUNT. Buyers FIRST to FIRST + COUNT - 1 each hold one unit and commit it,
 * with keys that are the same however often the process is started again. Writes "begun" with the first outcome, "done" at the end.
 */
const [url = '', sku = '', first = '0', count = '0'] = process.argv.slice(2);
const { db, close } = connectAs(url, 'inventory', { statementTimeoutMs: 30_000 });
const desk = createReservationDesk(db, { maxBatch: 32 });
const { signal } = new AbortController();
const owner = { kind: 'CART', id: null, customerId: null, note: null } as const;
const submit = (idempotencyKey: string, command: ReservationCommand) =>
  desk.submit({ command, idempotencyKey, fingerprint: idempotencyKey, actor: 'buyer', mayUse: () => true }, signal);

let served = 0;
async function buy(buyer: number): Promise<void> {
  const lines = [{ sku, locationId: 'camden', quantity: 1, path: ['input'] }];
  const { holdId, problems } = await submit(`${sku} hold ${buyer}`, {
    kind: 'HOLD',
    lines,
    channelId: undefined,
    owner,
    minutes: 10,
  });
  if (served++ === 0) console.log('begun');
  if (problems.length > 0 || holdId === null) return;
  await submit(`${sku} commit ${buyer}`, { kind: 'COMMIT', holdId, as: 'ALLOCATE', reference: `order ${buyer}` });
}

const buyers = Array.from({ length: Number(count) }, (_, i) => Number(first) + i);
const crowd = Array.from({ length: 100 }, async () => {
  for (let buyer = buyers.shift(); buyer !== undefined; buyer = buyers.shift()) await buy(buyer);
});
await Promise.all(crowd);
await close();
console.log('done');
