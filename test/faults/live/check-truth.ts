import type { PullingPartner } from './pulling-partner.ts';
import { type Level, levelNumbers } from './shelf-copy.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** Every level of each location, as the database has it. */
export type Truth = ReadonlyMap<string, ReadonlyMap<string, Level>>;

export async function readTruth(world: World): Promise<Truth> {
  const rows = await world.query<Level & { location: string; sku: string }>(
    `select location_id as location, sku, on_hand as "onHand", unavailable, allocated, held, incoming,
            safety_stock as "safetyStock", sellable, shortfall, version::int4
       from inventory.stock_level where location_id = any($1)`,
    [[...world.stock.keys()]],
  );
  const byLocation = Map.groupBy(rows, ({ location }) => location);
  return new Map(
    [...byLocation].map(([location, levels]) => [
      location,
      new Map(levels.map((level) => [level.sku, toLevel(level)])),
    ]),
  );
}

/** What a copy says that the database does not; and what the change log itself has wrong. Empty when all is well. */
export async function checkTruth(
  world: World,
  truth: Truth,
  crowd: readonly Till[],
  partner: PullingPartner,
): Promise<readonly string[]> {
  const differing = crowd.flatMap(({ copy }) => copy.differences(truth.get(copy.location) ?? new Map()));
  return [...differing, ...(await checkPartner(world, partner)), ...(await checkLog(world))];
}

/** What the partner can sell of each SKU is what is sellable at the shops of its channel, since no buffer is set. */
async function checkPartner(world: World, partner: PullingPartner): Promise<readonly string[]> {
  const rows = await world.query<{ sku: string; sellable: number }>(
    `select sku, sum(greatest(sellable, 0))::int4 as sellable from inventory.stock_level
       join inventory.channel_location using (location_id) where channel_id = 'pos' group by sku`,
  );
  const wrong = rows.filter(({ sku, sellable }) => partner.copy.get(sku) !== sellable);
  return wrong.map(({ sku, sellable }) => `partner: ${sku} is ${partner.copy.get(sku)}, in truth ${sellable}`);
}

/** Numbers are dense, every row has one, and each key's versions follow each other. */
async function checkLog(world: World): Promise<readonly string[]> {
  const [log] = await world.query<{ count: number; span: number; unnumbered: number; last: number; state: number }>(
    `select count(*)::int4 as count, coalesce(max(number) - min(number) + 1, 0)::int4 as span,
            (count(*) filter (where number is null))::int4 as unnumbered, max(number)::int4 as last,
            (select last_number::int4 from inventory.change_feed_state) as state from inventory.change`,
  );
  const isDense = log?.count === log?.span && log?.unnumbered === 0 && log?.last === log?.state;
  const [order] = await world.query<{ wrong: number }>(
    `select count(*)::int4 as wrong from (
       select version - coalesce(jsonb_array_length(payload -> 'steps'), 0) as first,
              lag(version) over (partition by key order by number) as before from inventory.change
     ) as change where first <> before + 1`,
  );
  return [
    ...(isDense ? [] : [`the log has holes: ${JSON.stringify(log)}`]),
    ...(order?.wrong === 0 ? [] : [`${order?.wrong} changes in the log do not follow the one before`]),
  ];
}

function toLevel(row: Level): Level {
  const numbers = levelNumbers.map((name) => [name, row[name]] as const);
  return { ...Object.fromEntries(numbers), version: row.version } as Level;
}
