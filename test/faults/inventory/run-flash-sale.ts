import { Agent } from 'undici';
import { WebSocket } from 'ws';
import { type FeedEvent, followFeed } from '../../../clients/live/follow-feed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type Asker, askUntilAnswered } from './ask-until-answered.ts';

/** Channels that sell from the one shelf, and as whom their buyers hold. */
export const saleChannels = [
  { id: 'web', owner: 'CART' },
  { id: 'app', owner: 'CART' },
  { id: 'marketplace', owner: 'IMPORT' },
] as const;

export interface SaleSpec {
  readonly graphqlUrl: string;
  readonly authorization: string;
  readonly location: string;
  readonly sku: string;
  readonly buyers: number;
  /** Connections, each with a buyer at it. */
  readonly connections: number;
}

/** A shelf at one version, as a till asks for it. */
interface SeenLevel {
  readonly version: number;
  readonly onHand: number;
  readonly sellable: number;
  readonly variant: { readonly sku: string };
}

export interface SaleDone {
  /** How many bought, by channel. */
  readonly bought: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly retries: number;
  readonly seconds: number;
  /** Everything that the till saw of the SKU, in order. */
  readonly seen: readonly SeenLevel[];
  /** Holes, refusals and the like in the till's feed. */
  readonly faults: readonly string[];
}

/**
 * As many buyers as there are connections, all the time, until all were there: each holds one unit through its channel, and sells it when it got one. A till watches the shelf meanwhile; done
 * when it has seen the last unit go.
 */
export async function runFlashSale(spec: SaleSpec): Promise<SaleDone> {
  const till = openTill(spec);
  const agent = new Agent({ connections: spec.connections, keepAliveTimeout: 1_000 });
  try {
    await waitUntil('the till has its snapshot', () => till.events.length > 0 || till.faults.length > 0, 60_000);
    const asker: Asker = {
      agent,
      urls: [spec.graphqlUrl],
      random: Math.random,
      deadlineMs: 10_000,
      prove: () => ({ authorization: spec.authorization }),
      retries: 0,
    };
    const startedAt = performance.now();
    const bought = await letIn(asker, spec);
    const seconds = (performance.now() - startedAt) / 1_000;
    const levels = () => till.events.flatMap(({ items }) => items).filter(({ variant }) => variant.sku === spec.sku);
    const isEmpty = () => levels().at(-1)?.onHand === 0 || till.faults.length > 0;
    await waitUntil('the till sees the shelf empty', isEmpty, 30_000);
    const sold = Object.values(bought).reduce((sum, count) => sum + count, 0);
    const refused = spec.buyers - sold;
    return { bought, refused, retries: asker.retries, seconds, seen: levels(), faults: till.faults };
  } finally {
    await till.close();
    await agent.destroy();
  }
}

/** As many buyers at a time as there are connections, until all have been served. Gives how many bought, by channel. */
async function letIn(asker: Asker, { sku, buyers, connections }: SaleSpec): Promise<Record<string, number>> {
  const bought: Record<string, number> = {};
  let next = 0;
  const serve = async () => {
    for (let buyer = next++; buyer < buyers; buyer = next++) {
      const channel = saleChannels[buyer % saleChannels.length] ?? saleChannels[0];
      if (await buy(asker, sku, channel, buyer)) bought[channel.id] = (bought[channel.id] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, serve));
  return bought;
}

async function buy(asker: Asker, sku: string, channel: (typeof saleChannels)[number], buyer: number): Promise<boolean> {
  const { holdId, codes } = await askUntilAnswered(asker, 'holdStock', {
    sku,
    quantity: 1,
    channel: channel.id,
    owner: { kind: channel.owner, id: `buyer ${buyer}` },
    minutes: 10,
    idempotencyKey: `hold ${buyer}`,
  });
  if (holdId === null) {
    if (codes.join() !== 'INSUFFICIENT_STOCK') throw new Error(`Buyer ${buyer} was refused: ${codes.join()}`);
    return false;
  }
  const told = await askUntilAnswered(asker, 'commitHold', {
    hold: holdId,
    as: 'SELL',
    reference: `sale ${buyer}`,
    idempotencyKey: `sell ${buyer}`,
  });
  if (told.state !== 'COMMITTED') throw new Error(`Buyer ${buyer}'s hold became ${told.state}.`);
  return true;
}

/** The till's documented feed without titles and prices: what is sold here stands in no catalogue. */
const tillStock = `subscription ($location: ID!, $after: String) {
  stockChanged(location: $location, after: $after) { cursor kind levels { version onHand sellable variant { sku } } }
}`;

function openTill({ graphqlUrl, authorization, location }: SaleSpec) {
  const events: FeedEvent<SeenLevel>[] = [];
  const faults: string[] = [];
  const following = followFeed<SeenLevel>({
    url: graphqlUrl.replace('http', 'ws'),
    query: tillStock,
    variables: { location },
    connectionParams: { authorization },
    webSocketImpl: WebSocket,
    read: ({ stockChanged }) => {
      const { levels, ...rest } = stockChanged as { cursor: string; kind: 'CHANGES'; levels: readonly SeenLevel[] };
      return { ...rest, items: levels };
    },
    versionOf: ({ variant, version }) => ({ key: variant.sku, version }),
    onEvent: (event) => events.push(event),
    onRefused: (errors) => faults.push(JSON.stringify(errors)),
    onHole: (key) => faults.push(`a hole at ${key}`),
  });
  return { events, faults, close: () => following.close() };
}
