import { readCursor, readPageSize, toConnection, toCursor } from '../../shared/connection.ts';
import { isStorableText, readStorableText } from '../../shared/storable-text.ts';
import { listLocationsByDistance, listLocationsByName } from '../queries/list-locations.ts';
import { readPoint } from '../read-point.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';

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
} satisfies QueryResolvers;
