import { readCursor, readPageSize, toConnection, toCursor } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';
import { isStorableText, readStorableText } from '../../shared/storable-text.ts';
import { findRecentAudit } from '../audit/check-stock.ts';
import { pullStockChanges } from '../feed/pull-stock-changes.ts';
import type { StockScope } from '../feed/stock-cursor.ts';
import { readPoint } from '../input/read-point.ts';
import { readAlertScope } from '../input/read-thresholds.ts';
import { readOptionalName } from '../input/read-values.ts';
import { mayReadChannel, mayReadStock } from '../may-read.ts';
import { mayReadAlerts, ownAlerts } from '../may-read-alerts.ts';
import { listAlerts } from '../queries/list-alerts.ts';
import { listLocationsByDistance, listLocationsByName } from '../queries/list-locations.ts';
import { listServedBy } from '../queries/list-served-by.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';
import { findOwnHold } from './find-own-hold.ts';
import { findOwnTransfer } from './find-own-transfer.ts';
import { noSuchLocation, readLocation } from './read-location.ts';

export const queryResolvers = {
  async locations(_parent, { near, kind, first, after }, { db }) {
    const size = readPageSize(first, 20);
    const page = { kind: kind ?? undefined, limit: size + 1 };
    const isFirstPage = after == null;
    if (near == null) {
      const [name, id] = isFirstPage ? [] : readCursor('locations', ['string', 'string'], after);
      const position = isFirstPage ? undefined : { name: readStorableText(`${name}`), id: readStorableText(`${id}`) };
      const rows = await listLocationsByName(db, { ...page, after: position });
      return toConnection(rows, {
        size,
        isFirstPage,
        cursorOf: ({ location }) => toCursor('locations', [location.name, location.id]),
        nodeOf: ({ location }) => location,
        extraOf: () => ({ distanceKm: null }),
      });
    }
    const point = readPoint(near);
    // The point is part of the list's name: a cursor says how far from this point the page ended, and means nothing elsewhere.
    const list = `locations near ${point.latitude},${point.longitude}`;
    const [chord, id] = isFirstPage ? [] : readCursor(list, ['number', 'string'], after);
    const position = isFirstPage ? undefined : { chord: Number(chord), id: readStorableText(`${id}`) };
    const rows = await listLocationsByDistance(db, { ...page, near: point, after: position });
    return toConnection(rows, {
      size,
      isFirstPage,
      cursorOf: (row) => toCursor(list, [row.chord, row.location.id]),
      nodeOf: ({ location }) => location,
      extraOf: ({ distanceKm }) => ({ distanceKm }),
    });
  },

  async location(_parent, { id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.location.load(id)) ?? null) : null;
  },

  stockHold: (_parent, { id }, context) => findOwnHold(context, id),

  stockTransfer: (_parent, { id }, context) => findOwnTransfer(context, id),

  async stockAudit(_parent, _arguments, { db }) {
    const audit = await findRecentAudit(db, maxAuditAgeMs);
    if (audit === undefined) throw new Error('No audit was made yet, and another process is making one.');
    return audit;
  },

  async stockAlerts(_parent, { location, channel, sku, kinds, isOpen, first, after }, { db, caller }) {
    const size = readPageSize(first, 20);
    const asked = location == null && channel == null ? undefined : readAlertScope({ location, channel });
    const scope = asked ?? ownAlerts(caller);
    const wanted = {
      sku: readOptionalName('sku', sku) ?? undefined,
      kinds: kinds ?? undefined,
      isOpen: isOpen ?? undefined,
    };
    if (wanted.kinds?.length === 0) throw userInputError('kinds names at least one.');
    const list = `alerts ${JSON.stringify([scope, wanted])}`;
    const [place] = after == null ? [] : readCursor(list, ['number'], after);
    if (after != null && !Number.isSafeInteger(place)) throw userInputError('The cursor is not from this list.');
    const position = after == null ? undefined : Number(place);
    // Another's look like those of a location that there is none of.
    const rows = mayReadAlerts(caller, scope)
      ? await listAlerts(db, { scope, ...wanted, after: position, limit: size + 1 })
      : [];
    return toConnection(rows, {
      size,
      isFirstPage: after == null,
      cursorOf: (row) => toCursor(list, [row.place]),
      nodeOf: ({ alert }) => alert,
    });
  },

  async stockChanges(_parent, { channel, location, after, first }, context) {
    const limit = readPageSize(first, 500, 500);
    const { db, signal, caller } = context;
    // Another's channel looks like one that no location serves.
    const isOwn = isStorableText(channel) && mayReadChannel(caller, channel);
    const locationIds = isOwn ? await listServedBy(db, channel) : [];
    if (location != null && !mayReadStock(caller) && !locationIds.includes(location)) throw noSuchLocation();
    const scope: StockScope =
      location == null
        ? { kind: 'channel', channelId: channel, locationIds }
        : { kind: 'location', locationId: (await readLocation(context, location)).id };
    return pullStockChanges(db, { scope, after, limit, signal });
  },
} satisfies QueryResolvers;

/** An audit reads all movements; a crowd that asks for it costs one a minute. */
const maxAuditAgeMs = 60_000;
