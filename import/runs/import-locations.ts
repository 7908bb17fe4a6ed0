import { compileLocation } from '../convert/compile-location.ts';
import type { LocationsMapping } from '../mapping/mapping.ts';
import { loadPostalPositions } from '../postal/positions.ts';
import type { LocationRecord } from '../records.ts';
import { createBatch } from './batch.ts';
import { passThrough, type Run } from './run.ts';
import { missingOutcome } from './take-product-groups.ts';

interface Item {
  readonly line: number;
  readonly record: LocationRecord;
}

const maxLocationsInBatch = 500;
/** No retailer has more; past this, shared coordinates are not looked for. */
const maxPlaces = 200_000;

/**
 * Imports locations. Coordinates are doubted that are far from the postal code, or that another location of the file has too: at an airport
 * that is a matter of course, elsewhere one of the two was copied. So the file is read twice.
 */
export async function importLocations(run: Run, mapping: LocationsMapping): Promise<void> {
  const { report } = run;
  const readLocation = compileLocation(
    mapping,
    run.mapping.source,
    await loadPostalPositions(run.postalFile, run.signal),
  );
  const firstAt = new Map<string, { readonly key: string; times: number }>();
  await passThrough(run, 'Looking at coordinates', { isReported: false }, (row) => {
    const { latitude, longitude, sourceKey } = readLocation(row);
    const place = firstAt.get(`${latitude} ${longitude}`);
    if (place !== undefined && place.key !== sourceKey) place.times++;
    else if (firstAt.size < maxPlaces) firstAt.set(`${latitude} ${longitude}`, { key: sourceKey, times: 0 });
    return undefined;
  });
  const batch = createBatch<Item>({
    maxWeight: maxLocationsInBatch,
    keysOf: ({ record }) => [`key ${record.sourceKey}`, `id ${record.id}`],
    take: async (items) => {
      const outcomes = await run.takers.inventory.takeLocations(items.map(({ record }) => record));
      for (const [index, { line, record }] of items.entries()) {
        const outcome = outcomes[index] ?? missingOutcome();
        report.countRecord('locations', outcome.kind);
        if (outcome.kind === 'refused') report.refuse(line, outcome.reason, record.sourceKey);
        else report.take(1);
      }
    },
  });
  await passThrough(run, 'Reading locations', { isReported: true }, (row) => {
    const record = readLocation(row);
    const others = firstAt.get(`${record.latitude} ${record.longitude}`)?.times ?? 0;
    const shared =
      others === 0 ? null : `the same coordinates as ${others} other${others === 1 ? '' : 's'} of its source`;
    if (record.coordinatesDoubt !== null) report.note(`Coordinates of ${record.id} are far from its postal code`);
    if (shared !== null) report.note('Coordinates that several locations share');
    const doubts = [record.coordinatesDoubt, shared].filter((doubt) => doubt !== null);
    return batch.add({
      line: row.line,
      record: { ...record, coordinatesDoubt: doubts.length === 0 ? null : doubts.join('; ') },
    });
  });
  await batch.flush();
}
