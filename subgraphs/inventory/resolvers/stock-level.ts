import { readCursor, readPageSize, toCursor } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import { readLevelId, toLevelId } from '../level-key.ts';
import { mayReadLocation } from '../may-read.ts';
import type { StockLevelResolvers } from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const stockLevelResolvers = {
  async __resolveReference({ id }, { loaders, caller }) {
    const key = readLevelId(id);
    if (key === undefined || !isStorableText(id) || !isStorableText(key.sku + key.locationId)) return null;
    if (!mayReadLocation(caller, key.locationId)) return null;
    return (await loaders.stockLevel.load(key)) ?? null;
  },
  id: (level) => toLevelId({ sku: level.sku, locationId: level.location_id }),
  variant: ({ sku }) => ({ sku }),
  location: (level, _arguments, context) => getLocation(context, level.location_id),
  onHand: (level) => level.on_hand,
  backOrdered: (level) => level.back_ordered,
  safetyStock: (level) => level.safety_stock,
  version: (level) => level.version,
  updatedAt: (level) => level.updated_at,
  asOf: (level) => level.as_of,
  async movements(level, { last, before }, { loaders }) {
    const size = readPageSize(last, 20);
    const list = `movements of ${toLevelId({ sku: level.sku, locationId: level.location_id })}`;
    const [version = null] = before == null ? [] : readCursor(list, ['number'], before);
    if (version !== null && !Number.isSafeInteger(version)) throw userInputError('The cursor is not from this list.');
    const key = {
      sku: level.sku,
      locationId: level.location_id,
      before: version === null ? null : Number(version),
      limit: size + 1,
    };
    const rows = await loaders.movements.load(key);
    const edges = rows
      .slice(0, size)
      .reverse()
      .map((node) => ({ cursor: toCursor(list, [node.version]), node }));
    return {
      edges,
      nodes: edges.map((edge) => edge.node),
      pageInfo: {
        hasNextPage: before != null,
        hasPreviousPage: rows.length > size,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  },
} satisfies StockLevelResolvers;
