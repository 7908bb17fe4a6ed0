import { format, toLine } from '../../rig/report/markdown.ts';
import type { AvailabilityRow } from '../availability/measure-availability.ts';

/** The table of availability; ratios to the first row. */
export function renderAvailability(rows: readonly AvailabilityRow[]): string {
  const [first] = rows;
  const lines = [
    ['levels', 'which', 'levels of the 100 variants', 'p50 ms', 'p95 ms', 'p95 ×'],
    ['--:', '---', '--:', '--:', '--:', '--:'],
    ...rows.map((row) => [
      row.levels.toLocaleString('en'),
      row.title,
      row.summed.toLocaleString('en'),
      format(row.p50Ms),
      format(row.p95Ms),
      `${(row.p95Ms / (first?.p95Ms ?? Number.NaN)).toFixed(2)}×`,
    ]),
  ];
  return [
    '**Availability of 100 variants for a channel with 1,000 locations.** Floor: p95 within 2×.',
    '',
    ...lines.map(toLine),
  ].join('\n');
}
