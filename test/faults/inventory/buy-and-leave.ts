import { type Asker, askTogether, type Command, type Told } from './ask-until-answered.ts';
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

/**
 * A buyer's turn, or that of somebody who asks for several at once, such as a connector: for each key it holds one to three units, on one or two lines, in one
 * request, and does something with those it got, in another.
 */
export async function buyAndLeave(asker: Asker, truth: Truth, keys: readonly string[]): Promise<void> {
  const wanted = keys.map((key) => ({ key, ...chooseLines(asker.random) }));
  const told = await askOnceOrTwice(
    asker,
    wanted.map(({ key, channel, lines }) => ({
      mutation: 'holdStock',
      input: { channel, lines, minutes: 60, owner: { kind: 'CART', id: key }, idempotencyKey: key },
    })),
  );
  const holds = wanted.flatMap(({ key, lines, isScarce }, i) => {
    const holdId = told[i]?.holdId ?? null;
    if (holdId === null) {
      if (told[i]?.codes[0] !== 'INSUFFICIENT_STOCK') throw new Error(`${key} became ${JSON.stringify(told[i])}`);
      truth.refused.add(key);
      return [];
    }
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    return [{ key, holdId, fate: chooseFate(asker.random, isScarce), units }];
  });
  await follow(asker, holds);
  for (const { key, ...bought } of holds) {
    truth.granted.set(key, bought);
    if (bought.fate === 'FORGET') truth.forgotten.push(bought.holdId);
  }
}

/** The same idempotency keys asked for by two processes at once, now and then: both must say the same. */
async function askOnceOrTwice(asker: Asker, commands: readonly Command[]): Promise<readonly Told[]> {
  if (asker.random() >= 0.03) return askTogether(asker, commands);
  const [told, again] = await Promise.all([askTogether(asker, commands), askTogether(asker, commands)]);
  for (const [i, one] of told.entries()) {
    const two = again[i];
    if (one.holdId !== two?.holdId || (!one.replayed && !two.replayed)) {
      throw new Error(`Two answers for one key: ${JSON.stringify([one, two])}`);
    }
  }
  return told;
}

async function follow(asker: Asker, holds: readonly (Bought & { readonly key: string })[]): Promise<void> {
  const ends = holds.flatMap((hold) => toEnd(hold) ?? []);
  const told = await askTogether(
    asker,
    ends.map(({ command }) => command),
  );
  for (const [i, { key, state }] of ends.entries()) expectDone(key, told[i], state);
}

function toEnd({ key, holdId: hold, fate }: Bought & { readonly key: string }) {
  const idempotencyKey = `${key} then`;
  switch (fate) {
    case 'ALLOCATE':
    case 'SELL': {
      const input = { hold, as: fate, reference: `order ${key}`, idempotencyKey };
      return { key, state: 'COMMITTED', command: { mutation: 'commitHold', input } } as const;
    }
    case 'RELEASE': {
      return { key, state: 'RELEASED', command: { mutation: 'releaseHold', input: { hold, idempotencyKey } } } as const;
    }
    case 'FORGET':
      return undefined;
    default:
      return fate satisfies never;
  }
}

function expectDone(key: string, told: Told | undefined, expected: string): void {
  if (told?.state !== expected || told.codes.length > 0) throw new Error(`${key} became ${JSON.stringify(told)}`);
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
