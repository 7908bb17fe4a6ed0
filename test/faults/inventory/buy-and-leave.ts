import { type Asker, askUntilAnswered, type Told } from './ask-until-answered.ts';
import { worldChannel } from './open-stock-world.ts';

/** What a buyer does with a hold: promises it to an order, takes it along, gives it back, or forgets it. */
export type Fate = 'ALLOCATE' | 'SELL' | 'RELEASE' | 'FORGET';

/** A hold that was granted, as its buyer remembers it. */
export interface Bought {
  readonly holdId: string;
  readonly fate: Fate;
  readonly units: number;
}

/** All that the buyers were told: what the tables must say in the end. */
export interface Truth {
  /** Granted holds by key. */
  readonly granted: Map<string, Bought>;
  /** Keys of holds that were refused for want of stock. */
  readonly refused: Set<string>;
  /** Forgotten holds whose time is not up yet. */
  readonly forgotten: string[];
}

/** One buyer's turn: holds one to three units, on one or two lines, and does something with them. */
export async function buyAndLeave(asker: Asker, truth: Truth, key: string): Promise<void> {
  const { random } = asker;
  const wanted = chooseLines(random);
  const input = { ...wanted, minutes: 60, owner: { kind: 'CART', id: key }, idempotencyKey: key };
  const { holdId, codes } = await askOnceOrTwice(asker, input);
  if (holdId === null) {
    if (codes[0] !== 'INSUFFICIENT_STOCK') throw new Error(`${key} was refused: ${codes.join()}`);
    truth.refused.add(key);
    return;
  }
  const fate = chooseFate(random, wanted.isScarce);
  const units = wanted.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  await follow(asker, key, holdId, fate);
  truth.granted.set(key, { holdId, fate, units });
  if (fate === 'FORGET') truth.forgotten.push(holdId);
}

/** The hold's idempotency key asked for by two processes at once, now and then: both must say the same. */
async function askOnceOrTwice(
  asker: Asker,
  { isScarce: _, ...input }: Wanted & Record<string, unknown>,
): Promise<Told> {
  if (asker.random() >= 0.03) return askUntilAnswered(asker, 'holdStock', input);
  const [one, two] = await Promise.all([
    askUntilAnswered(asker, 'holdStock', input),
    askUntilAnswered(asker, 'holdStock', input),
  ]);
  if (one.holdId !== two.holdId || (!one.replayed && !two.replayed)) {
    throw new Error(`Two answers for one key: ${JSON.stringify([one, two])}`);
  }
  return one;
}

async function follow(asker: Asker, key: string, hold: string, fate: Fate): Promise<void> {
  const idempotencyKey = `${key} then`;
  switch (fate) {
    case 'ALLOCATE':
    case 'SELL': {
      const input = { hold, as: fate, reference: `order ${key}`, idempotencyKey };
      return expectDone(key, await askUntilAnswered(asker, 'commitHold', input), 'COMMITTED');
    }
    case 'RELEASE':
      return expectDone(key, await askUntilAnswered(asker, 'releaseHold', { hold, idempotencyKey }), 'RELEASED');
    case 'FORGET':
      return undefined;
    default:
      return fate satisfies never;
  }
}

function expectDone(key: string, { state, codes }: Told, expected: string): void {
  if (state !== expected || codes.length > 0) throw new Error(`${key} became ${state}: ${codes.join()}`);
}

interface Wanted {
  readonly channel: string;
  readonly lines: readonly { readonly sku: string; readonly location?: string; readonly quantity: number }[];
  readonly isScarce: boolean;
}

/** One in five wants what there is little of; half of the others want the same SKU at the same shop. */
function chooseLines(random: () => number): Wanted {
  const quantity = 1 + Math.floor(random() * 3);
  if (random() < 0.2) return { channel: worldChannel, lines: [{ sku: 'scarce', quantity }], isScarce: true };
  const sku = random() < 0.5 ? 'sku-0' : `sku-${Math.floor(random() * 4)}`;
  const line = random() < 0.6 ? { sku, location: 'north', quantity } : { sku, quantity };
  const other = { sku: `sku-${Math.floor(random() * 4)}`, location: 'south', quantity: 1 };
  return { channel: worldChannel, lines: random() < 0.2 ? [other, line] : [line], isScarce: false };
}

/** What is scarce always comes back, so that it stays at the edge. */
function chooseFate(random: () => number, isScarce: boolean): Fate {
  const chance = random();
  if (isScarce) return chance < 0.5 ? 'RELEASE' : 'FORGET';
  if (chance < 0.3) return 'ALLOCATE';
  if (chance < 0.6) return 'SELL';
  return chance < 0.85 ? 'RELEASE' : 'FORGET';
}
