import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRows } from '../read/read-rows.ts';
import { isBroken } from '../read/row.ts';
import { sniffFile } from '../read/sniff-file.ts';
import { distanceKm } from './distance-km.ts';

/*
 * Makes us-areas.csv from GeoNames' postal codes of the US: node import/postal/make-us-areas.ts FILE
 * The first three digits of a code name the sorting centre of an area. Its middle is the median of its places, so that one wrong place does
 * not move it; its radius takes in 95 of 100 places, for the same reason.
 */

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Name the file of GeoNames: node import/postal/make-us-areas.ts FILE');
const areas = new Map<string, Place[]>();
const { signal } = new AbortController();
for await (const row of readRows(path, await sniffFile(path), signal)) {
  if (isBroken(row) || row.read('latitude') === '') continue;
  // Post offices of the forces abroad (APO, FPO, DPO) have addresses, but no place in the US.
  if (/^[AFD]PO /.test(String(row.read('place')))) continue;
  const area = String(row.read('zipcode')).slice(0, 3);
  const place = { latitude: Number(row.read('latitude')), longitude: Number(row.read('longitude')) };
  areas.set(area, [...(areas.get(area) ?? []), place]);
}
const lines = [...areas]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([area, places]) => {
    const middle = { latitude: median(places, 'latitude'), longitude: median(places, 'longitude') };
    const distances = places.map((place) => distanceKm(place, middle)).sort((a, b) => a - b);
    const radiusKm = Math.ceil(distances[Math.floor((distances.length - 1) * 0.95)] ?? 0);
    return `US,${area},${middle.latitude.toFixed(2)},${middle.longitude.toFixed(2)},${radiusKm}`;
  });
const header = 'country_code,zipcode,latitude,longitude,radius_km';
await writeFile(join(import.meta.dirname, 'us-areas.csv'), `${[header, ...lines].join('\n')}\n`);

function median(places: readonly Place[], axis: keyof Place): number {
  const sorted = places.map((place) => place[axis]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
