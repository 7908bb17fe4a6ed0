import { randomUUID } from 'node:crypto';
import type { ReserveSettings } from '../config.ts';
import { type GraphClient, openClient, type RunningGraph } from '../graph/open-graph.ts';
import { type BenchShop, shopId, skuOf } from '../open-shop.ts';
import { readServerCpu } from './read-server-cpu.ts';
import { runCallers } from './run-callers.ts';
import type { Setting, Window } from './window.ts';

/** Measures one setting through a gateway and a subgraph; this process is the load only. */
export async function measureGraph(
  setting: Setting,
  round: number,
  shop: BenchShop,
  graph: RunningGraph,
  settings: ReserveSettings,
): Promise<Window> {
  const owner = `graph ${setting.contender} ${randomUUID()}`;
  const clients = await Promise.all(Array.from({ length: setting.callers }, () => openClient(graph)));
  try {
    const result = await runCallers({
      callers: setting.callers,
      warmUpSeconds: settings.warmUpSeconds,
      seconds: settings.seconds,
      reserve: (caller) => reserve(clients[caller], skuOf(Math.floor(Math.random() * setting.skuCount)), owner),
      readCpu: () => graph.readCpu() + readServerCpu(shop.serverPid),
    });
    return { ...setting, ...result, round, owner };
  } finally {
    for (const client of clients) client.close();
  }
}

const query =
  'mutation Hold($input: HoldStockInput!) { holdStock(input: $input) { hold { id expiresAt } replayed userErrors { code } } }';

async function reserve(client: GraphClient | undefined, sku: string, owner: string): Promise<void> {
  const input = {
    location: shopId,
    sku,
    quantity: 1,
    minutes: 1_440,
    owner: { kind: 'CART', id: owner },
    idempotencyKey: randomUUID(),
  };
  const answer = await client?.post(JSON.stringify({ query, variables: { input } }));
  if (answer?.startsWith('{"data":{"holdStock":{"hold":{"id":"') !== true) throw new Error(`Refused: ${answer}`);
}
