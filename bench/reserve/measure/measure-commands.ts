import { randomUUID } from 'node:crypto';
import { connectAs } from '../../../db/connect.ts';
import type { ReservationDesk } from '../../../subgraphs/inventory/reservations/reservation-desk.ts';
import { toFingerprint } from '../../../subgraphs/shared/idempotency.ts';
import type { ReserveSettings } from '../config.ts';
import { createContender } from '../contenders/contenders.ts';
import { type BenchShop, shopId, skuOf } from '../open-shop.ts';
import { readServerCpu } from './read-server-cpu.ts';
import { runCallers } from './run-callers.ts';
import type { Setting, Window } from './window.ts';

/** Measures one setting as commands in this process, on as many connections as a subgraph has. */
export async function measureCommands(
  setting: Setting,
  round: number,
  shop: BenchShop,
  settings: ReserveSettings,
): Promise<Window> {
  const owner = `command ${setting.contender} ${randomUUID()}`;
  const { db, close } = connectAs(shop.url, 'inventory', { statementTimeoutMs: 30_000 });
  try {
    const desk = createContender(setting.contender, db);
    const result = await runCallers({
      callers: setting.callers,
      warmUpSeconds: settings.warmUpSeconds,
      seconds: settings.seconds,
      reserve: () => reserve(desk, skuOf(Math.floor(Math.random() * setting.skuCount)), owner),
      readCpu: () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 + readServerCpu(shop.serverPid),
    });
    return { ...setting, ...result, round, owner };
  } finally {
    await close();
  }
}

const { signal } = new AbortController();

async function reserve(desk: ReservationDesk, sku: string, owner: string): Promise<void> {
  const idempotencyKey = randomUUID();
  const lines = [{ sku, locationId: shopId, quantity: 1, path: ['input'] }];
  const outcome = await desk.submit(
    {
      command: {
        kind: 'HOLD',
        lines,
        channelId: undefined,
        owner: { kind: 'CART', id: owner, customerId: null, note: null },
        minutes: 1_440,
      },
      idempotencyKey,
      fingerprint: toFingerprint('holdStock', { sku, idempotencyKey }),
      actor: 'bench',
      mayUse: () => true,
    },
    signal,
  );
  if (outcome.holdId === null) throw new Error(`Refused: ${JSON.stringify(outcome.problems)}`);
}
