import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs, type OwnerConnection } from '../../../db/connect.ts';
import { expireHolds } from '../../../subgraphs/inventory/reservations/expire-holds.ts';
import { createAsk, type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { type ModelLine, StockModel } from './stock-model.ts';
import { auditNow, clean, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let second: OwnerConnection<'inventory'>;
/** Two subgraphs over one database, as two processes have: operations go to one or the other. */
let processes: ReturnType<typeof stockOperations>[];

beforeAll(async () => {
  inventory = await openInventory();
  second = connectAs(inventory.url, 'inventory');
  processes = [stockOperations(inventory.ask), stockOperations(await createAsk(second.db))];
  for (const id of ['north', 'south']) await addLocation(inventory.db, id);
});
afterAll(async () => {
  await second.close();
  await inventory.close();
});

/** What the commands of one run share: names of its own, so that runs share one database. */
interface Run {
  readonly name: string;
  /** The last operation, to be sent again. */
  last?: { readonly send: () => Promise<{ replayed: boolean }>; readonly answer: { replayed: boolean } };
}

type Step = fc.AsyncCommand<StockModel, Run>;

function step(text: string, run: (model: StockModel, run: Run) => Promise<void>): Step {
  return { check: () => true, run, toString: () => text };
}

const at = (i: number) => processes[i % 2] ?? fail();
function fail(): never {
  throw new Error('There are two processes.');
}

/** Sends an operation with a key of its own, and keeps it for Again. */
async function send<Answer extends { replayed: boolean }>(
  run: Run,
  operation: (idempotencyKey: string) => Promise<Answer>,
): Promise<Answer> {
  const key = randomUUID();
  const answer = await operation(key);
  run.last = { send: () => operation(key), answer };
  return answer;
}

const place = fc.record({ sku: fc.constantFrom('mug', 'cup'), location: fc.constantFrom('north', 'south') });
const process = fc.nat(1);
const which = fc.nat(50);

const steps: fc.Arbitrary<Step>[] = [
  fc
    .tuple(
      process,
      fc.array(fc.record({ place, quantity: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 3 }),
    )
    .map(([p, wanted]) =>
      step(`hold ${JSON.stringify(wanted)}`, async (model, run) => {
        const lines = wanted.map(
          (line): ModelLine => ({
            sku: `${run.name}-${line.place.sku}`,
            location: line.place.location,
            quantity: line.quantity,
          }),
        );
        const isPossible = model.canHold(lines);
        const { hold, userErrors } = await send(run, (idempotencyKey) => at(p).hold({ lines, idempotencyKey }));
        expect(hold !== null, 'held').toBe(isPossible);
        if (hold === null) expect(userErrors[0].code).toBe('INSUFFICIENT_STOCK');
        else model.holds.push({ id: hold.id, lines, state: 'HELD' });
      }),
    ),
  fc.tuple(process, which, fc.constantFrom('ALLOCATE' as const, 'SELL' as const)).map(([p, i, as]) =>
    step(`commit ${i} ${as}`, async (model, run) => {
      const hold = model.holds[i % Math.max(1, model.holds.length)];
      if (hold === undefined) return;
      const reference = randomUUID(); // the same when it is sent again
      const { userErrors } = await send(run, (idempotencyKey) =>
        at(p).commit({ hold: hold.id, as, reference, idempotencyKey }),
      );
      expect(userErrors.length === 0, 'committed').toBe(hold.state === 'HELD');
      if (hold.state === 'HELD') model.commit(hold, as);
    }),
  ),
  fc.tuple(process, which).map(([p, i]) =>
    step(`release ${i}`, async (model, run) => {
      const hold = model.holds[i % Math.max(1, model.holds.length)];
      if (hold === undefined) return;
      const { userErrors } = await send(run, (idempotencyKey) => at(p).release({ hold: hold.id, idempotencyKey }));
      expect(userErrors.length > 0, 'refused').toBe(hold.state === 'COMMITTED');
      if (hold.state === 'HELD') hold.state = 'RELEASED';
    }),
  ),
  fc.tuple(process, which).map(([p, i]) =>
    step(`extend ${i}`, async (model, run) => {
      const hold = model.holds[i % Math.max(1, model.holds.length)];
      if (hold === undefined) return;
      const { userErrors } = await send(run, (idempotencyKey) =>
        at(p).extend({ hold: hold.id, minutes: 20, idempotencyKey }),
      );
      expect(userErrors.length === 0, 'extended').toBe(hold.state === 'HELD');
    }),
  ),
  which.map((i) =>
    step(`expire ${i}`, async (model) => {
      const hold = model.holds[i % Math.max(1, model.holds.length)];
      if (hold === undefined || hold.state !== 'HELD') return;
      const past = { expires_at: new Date(Date.now() - 1_000) };
      await inventory.db.updateTable('stock_hold').set(past).where('id', '=', hold.id).execute();
      await inventory.db.updateTable('stock_hold_line').set(past).where('hold_id', '=', hold.id).execute();
      hold.state = 'EXPIRED';
    }),
  ),
  fc.constant(step('sweep', async () => void (await expireHolds(inventory.db, new AbortController().signal)))),
  fc.tuple(process, place, fc.integer({ min: 1, max: 8 })).map(([p, { sku, location }, quantity]) =>
    step(`receive ${location} ${sku} ${quantity}`, async (model, run) => {
      const name = `${run.name}-${sku}`;
      await send(run, (idempotencyKey) =>
        at(p).adjust({ location, sku: name, delta: quantity, reason: 'RECEIVED', reference: 'r', idempotencyKey }),
      );
      model.level(name, location).onHand += quantity;
    }),
  ),
  fc.tuple(process, place, fc.integer({ min: -2, max: 3 })).map(([p, { sku, location }, delta]) =>
    step(`damage ${location} ${sku} ${delta}`, async (model, run) => {
      const name = `${run.name}-${sku}`;
      const level = model.level(name, location);
      if (delta === 0) return;
      const { userErrors } = await send(run, (idempotencyKey) =>
        at(p).adjust({ location, sku: name, delta, reason: 'DAMAGED', reference: 'd', idempotencyKey }),
      );
      expect(userErrors.length > 0, 'refused').toBe(level.unavailable + delta < 0);
      if (level.unavailable + delta >= 0) level.unavailable += delta;
    }),
  ),
  fc.tuple(process, place, fc.integer({ min: 1, max: 4 })).map(([p, { sku, location }, quantity]) =>
    step(`sell offline ${location} ${sku} ${quantity}`, async (model, run) => {
      const name = `${run.name}-${sku}`;
      await send(run, (idempotencyKey) =>
        at(p).sell({ location, lines: [{ sku: name, quantity }], reference: 's', idempotencyKey }),
      );
      model.level(name, location).onHand -= quantity;
    }),
  ),
  fc.tuple(process, place, fc.nat(9)).map(([p, { sku, location }, counted]) =>
    step(`count ${location} ${sku} ${counted}`, async (model, run) => {
      const name = `${run.name}-${sku}`;
      const level = model.level(name, location);
      const { results } = await send(run, (idempotencyKey) =>
        at(p).count({ location, counts: [{ sku: name, counted }], idempotencyKey }),
      );
      expect(results[0]).toMatchObject({ expected: level.onHand, counted });
      level.onHand = counted;
    }),
  ),
  fc.tuple(process, place, fc.integer({ min: 1, max: 5 })).map(([p, { sku, location }, quantity]) =>
    step(`send ${quantity} ${sku} from ${location}`, async (model, run) => {
      // A transfer takes what is free by now; it leaves it to buyers and the sweep to take back what has expired.
      await expireHolds(inventory.db, new AbortController().signal);
      const name = `${run.name}-${sku}`;
      const to = location === 'north' ? 'south' : 'north';
      const isPossible = model.free(name, location) >= quantity;
      const { transfer, userErrors } = await send(run, (idempotencyKey) =>
        at(p).send({ from: location, to, lines: [{ sku: name, quantity }], reference: 't', idempotencyKey }),
      );
      expect(transfer !== null, 'sent').toBe(isPossible);
      if (transfer === null) return expect(userErrors[0].code).toBe('INSUFFICIENT_STOCK');
      model.level(name, location).onHand -= quantity;
      model.level(name, to).incoming += quantity;
      model.transfers.push({ id: transfer.id, to, sku: name, outstanding: quantity, isClosed: false });
    }),
  ),
  fc
    .tuple(process, which, fc.integer({ min: 0, max: 6 }), fc.nat(2), fc.boolean())
    .map(([p, i, received, damaged, isComplete]) =>
      step(
        `arrive ${i}: ${received}, ${damaged} damaged${isComplete ? ', the last of it' : ''}`,
        async (model, run) => {
          const transfer = model.transfers[i % Math.max(1, model.transfers.length)];
          if (transfer === undefined) return;
          const line = { sku: transfer.sku, received, damaged: Math.min(damaged, received) };
          const { userErrors } = await send(run, (idempotencyKey) =>
            at(p).receive({ transfer: transfer.id, lines: [line], isComplete, idempotencyKey }),
          );
          expect(userErrors.length > 0, 'refused').toBe(transfer.isClosed);
          if (!transfer.isClosed) model.arrive(transfer, received, line.damaged, isComplete);
        },
      ),
    ),
  fc.constant(
    step('the last one again', async (_model, { last }) => {
      if (last === undefined) return;
      const again = await last.send();
      expect(again.replayed).toBe(true);
    }),
  ),
];

/** Every counter is the sum of its movements, and what is held is what open holds keep: after each step, not only in the end. */
async function expectBalance({ name }: Run): Promise<void> {
  const { rows } = await sql`
    with ledger as (
      select sku, location_id, sum(on_hand_change) as on_hand, sum(unavailable_change) as unavailable, sum(allocated_change) as allocated,
             sum(held_change) as held, sum(incoming_change) as incoming, max(version) as version
        from stock_movement where starts_with(sku, ${name}) group by sku, location_id
    ), kept as (
      select sku, location_id, sum(quantity) as quantity from stock_hold_line where is_open and starts_with(sku, ${name}) group by sku, location_id
    )
    select level.*, ledger.* from stock_level as level
      full join ledger using (sku, location_id)
      left join kept using (sku, location_id)
     where starts_with(sku, ${name}) and level.version > 0
       and ((level.on_hand, level.unavailable, level.allocated, level.held, level.incoming, level.version)
              is distinct from (ledger.on_hand, ledger.unavailable, ledger.allocated, ledger.held, ledger.incoming, ledger.version)
            or level.held <> coalesce(kept.quantity, 0))`.execute(inventory.db);
  expect(rows).toEqual([]);
}

async function expectAgreement(model: StockModel): Promise<void> {
  for (const [key, level] of model.levels) {
    const [location = '', sku = ''] = key.split('/');
    const real = (await at(0).level(location, sku)) ?? {
      onHand: 0,
      unavailable: 0,
      allocated: 0,
      incoming: 0,
      held: 0,
      shortfall: 0,
    };
    expect(real, key).toMatchObject({ ...level });
    const promised = real.allocated + real.held;
    expect(promised, key).toBeLessThanOrEqual(Math.max(0, real.onHand - real.unavailable) + real.shortfall);
    expect(real.held, key).toBeGreaterThanOrEqual(model.held(sku, location));
  }
}

describe('stock', () => {
  it('does what a plain model says, over two processes, one operation after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => {
        const model = new StockModel();
        const run: Run = { name: randomUUID().slice(0, 8) };
        const checked = [...commands].map((command) =>
          step(String(command), async (m, r) => {
            await command.run(m, r);
            await expectAgreement(m);
            await expectBalance(r);
          }),
        );
        await fc.asyncModelRun(() => ({ model, real: run }), checked);
        await expireHolds(inventory.db, new AbortController().signal);
        for (const key of model.levels.keys()) {
          const [location = '', sku = ''] = key.split('/');
          expect((await at(1).level(location, sku))?.held ?? 0, key).toBe(model.held(sku, location));
        }
      }),
      { numRuns: 25 },
    );
    expect(await auditNow(inventory)).toMatchObject(clean);
  }, 120_000);

  it('is what was counted last and what moved after it, in whatever order it is told', async () => {
    const fact = fc.record({
      kind: fc.constantFrom('receive' as const, 'sell' as const, 'count' as const),
      minute: fc.integer({ min: 1, max: 300 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    const story = fc.uniqueArray(fact, { minLength: 1, maxLength: 12, selector: ({ minute }) => minute });
    await fc.assert(
      fc.asyncProperty(story, async (facts) => {
        const sku = randomUUID();
        const location = 'north';
        const start = Date.now() - 400 * 60_000;
        const timeOf = (minute: number) => new Date(start + minute * 60_000).toISOString();
        for (const { kind, minute, quantity } of facts) {
          const occurredAt = timeOf(minute);
          if (kind === 'receive')
            await at(minute).adjust({ location, sku, delta: quantity, reason: 'RECEIVED', reference: 'r', occurredAt });
          else if (kind === 'sell')
            await at(minute).sell({ location, lines: [{ sku, quantity }], reference: 's', occurredAt });
          else await at(minute).count({ location, counts: [{ sku, counted: quantity, countedAt: occurredAt }] });
        }
        const inOrder = [...facts].sort((a, b) => a.minute - b.minute);
        const expected = inOrder.reduce((onHand, { kind, quantity }) => {
          if (kind === 'count') return quantity;
          return kind === 'receive' ? onHand + quantity : onHand - quantity;
        }, 0);
        expect((await at(0).level(location, sku)).onHand).toBe(expected);
      }),
      { numRuns: 40 },
    );
    expect(await auditNow(inventory)).toMatchObject(clean);
  }, 120_000);

  it('never sells what is not there to a crowd that holds, commits, releases and extends over two processes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            p: process,
            quantity: fc.integer({ min: 1, max: 3 }),
            next: fc.constantFrom('commit', 'sell', 'release', 'nothing', 'again'),
            sku: fc.constantFrom('a', 'b'),
          }),
          { minLength: 20, maxLength: 60 },
        ),
        fc.nat(30),
        async (buyers, there) => {
          const name = randomUUID().slice(0, 8);
          for (const sku of ['a', 'b'])
            await at(0).adjust({
              location: 'south',
              sku: `${name}-${sku}`,
              delta: there + 1,
              reason: 'RECEIVED',
              reference: 'r',
            });
          const bought = await Promise.all(
            buyers.map(async ({ p, quantity, next, sku }) => {
              // Every other one wants both SKUs, named in the opposite order: locks must not be taken in the order of the request.
              const lines = [
                { sku: `${name}-${sku}`, quantity, location: 'south' },
                { sku: `${name}-${sku === 'a' ? 'b' : 'a'}`, quantity: 1, location: 'south' },
              ];
              const input = { lines: quantity === 2 ? lines : lines.slice(0, 1), idempotencyKey: randomUUID() };
              const [{ hold }] = await Promise.all([
                at(p).hold(input),
                ...(next === 'again' ? [at(p + 1).hold(input)] : []),
              ]);
              if (hold === null) return [];
              if (next === 'release') await at(p + 1).release({ hold: hold.id });
              if (next === 'commit') await at(p + 1).commit({ hold: hold.id, reference: 'o' });
              if (next === 'sell') await at(p + 1).commit({ hold: hold.id, reference: 'o', as: 'SELL' });
              return next === 'release' ? [] : input.lines;
            }),
          );
          for (const sku of ['a', 'b']) {
            const level = await at(0).level('south', `${name}-${sku}`);
            const mine = bought
              .flat()
              .filter((line) => line.sku === `${name}-${sku}`)
              .reduce((sum, { quantity }) => sum + quantity, 0);
            expect(there + 1 - level.sellable).toBe(mine);
            expect(level.sellable).toBeGreaterThanOrEqual(0);
            expect(level.shortfall).toBe(0);
          }
        },
      ),
      { numRuns: 12 },
    );
    expect(await auditNow(inventory)).toMatchObject(clean);
  }, 120_000);
});
