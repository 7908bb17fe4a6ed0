import { createHash } from 'node:crypto';
import { compileOrderLine, type OrderLineRow } from '../convert/compile-order-line.ts';
import { RowProblem } from '../convert/row-problem.ts';
import type { Mapping, OrdersMapping } from '../mapping/mapping.ts';
import type { Row } from '../read/row.ts';
import type { ChannelFact } from '../takers.ts';
import type { Run } from './run.ts';

/**
 * Makes the reader of an order's row, which knows the channels and the locations there are.
 * @throws Error when the mapping itself names a location that does not exist: every row would be refused for it
 */
export async function createOrderReader(
  run: Run,
  mapping: Mapping & { readonly orders: OrdersMapping },
): Promise<(row: Row) => OrderLineRow> {
  const locationIds = new Set(await run.takers.inventory.listLocationIds());
  const { location } = mapping.orders;
  if (typeof location === 'object' && 'value' in location && !locationIds.has(location.value)) {
    throw new Error(
      `The mapping ${mapping.name} sends orders from the location ${location.value}, which does not exist: import it first (oneshelf import locations), or seed`,
    );
  }
  return compileOrderLine(mapping, {
    channelOf: (reference, said) => chooseChannel(run, reference, said),
    checkLocation: (locationId) => {
      if (!locationIds.has(locationId)) throw new RowProblem('location: unknown');
    },
  });
}

/** The channel that the command or the mapping names; of several the one the order is dealt to, by a hash, so always the same. */
function chooseChannel(run: Run, reference: string, said: string): ChannelFact {
  const [first, ...others] = run.shares;
  const id = first === undefined ? said : others.length === 0 ? first.channel : deal(run, reference);
  const channel = run.channels.get(id);
  if (channel === undefined) throw new RowProblem(id === '' ? 'channel: missing' : 'channel: unknown');
  return channel;
}

function deal(run: Run, reference: string): string {
  let point = createHash('sha256').update(reference).digest().readUInt32BE() % 100;
  for (const { channel, percent } of run.shares) {
    if (point < percent) return channel;
    point -= percent;
  }
  return '';
}
