import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { connectAs } from '../../db/connect.ts';
import { startEmbeddedPostgres } from '../../db/embedded-postgres.ts';
import { migrate } from '../../db/migrate.ts';
import type { InventoryDatabase } from '../../db/tables/inventory.ts';

/** A server and a database of the bench's own, with one shop in it. Must be closed: that drops the database. */
export interface BenchShop {
  readonly url: string;
  readonly serverPid: number;
  readonly db: Kysely<InventoryDatabase>;
  /** What autovacuum does after a while: dead rows gone, statistics up to date. Owners of data may not. */
  tidyUp(): Promise<void>;
  close(): Promise<void>;
}

export const shopId = 'bench-shop';
export const skuOf = (i: number): string => `bench-${i}`;

/** Enough of every SKU that a run never sells out. */
const unitsOfEach = 1_000_000_000;

/** Opens the bench's own embedded Postgres, with the durability that users get. */
export async function openShop(skuCount: number, signal: AbortSignal): Promise<BenchShop> {
  const server = await startEmbeddedPostgres({ dataDir: '.data/bench', signal });
  const name = `bench_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await migrate({ urlOf: () => url.href, signal });
  const { db, close } = connectAs(url.href, 'inventory', { statementTimeoutMs: 300_000 });
  await stockUp(db, skuCount);
  return {
    url: url.href,
    serverPid: server.pid,
    db,
    tidyUp: () => runAsAdmin(url.href, 'vacuum analyze'),
    async close() {
      await close();
      await runAsAdmin(server.url, `drop database if exists ${name} with (force)`);
      await server.close();
    },
  };
}

async function runAsAdmin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Levels with the movement that explains them, so that the audit at the end has nothing to say. */
async function stockUp(db: Kysely<InventoryDatabase>, skuCount: number): Promise<void> {
  await sql`
    insert into location (id, name, kind, address_lines, city, postal_code, country_code, latitude, longitude, time_zone, source, source_key)
    values (${shopId}, 'Bench', 'WAREHOUSE', '{1 High Street}', 'London', 'N1 1AA', 'GB', 51.5, -0.1, 'Europe/London', 'bench', '1')`.execute(
    db,
  );
  await sql`
    with level as (
      insert into stock_level (sku, location_id, on_hand)
      select 'bench-' || i, ${shopId}, ${unitsOfEach}::integer from generate_series(0, ${skuCount}::integer - 1) as i
      returning *
    )
    insert into stock_movement (sku, location_id, kind, quantity, version, actor, cause_kind, cause_id, occurred_at, on_hand_change,
      on_hand_after, allocated_after)
    select sku, location_id, 'RECEIVED', on_hand, version, 'bench', 'DELIVERY', 'bench', now(), on_hand, on_hand, 0 from level`.execute(
    db,
  );
}
