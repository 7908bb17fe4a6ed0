import { toLine } from '../../rig/report/markdown.ts';
import type { Way, Window } from '../measure/window.ts';
import { pick, timesTextbook } from './render-reserve.ts';

interface Floor {
  readonly text: string;
  readonly way: Way;
  readonly isAbout: (skuCount: number) => boolean;
  readonly times: number;
}

const floors: readonly Floor[] = [
  { text: 'command, one hot SKU', way: 'command', isAbout: (skus) => skus === 1, times: 20 },
  { text: 'command, 1,000 SKUs', way: 'command', isAbout: (skus) => skus === 1_000, times: 4 },
  { text: 'graph, one hot SKU', way: 'graph', isAbout: (skus) => skus === 1, times: 5 },
  { text: 'graph, elsewhere', way: 'graph', isAbout: (skus) => skus !== 1, times: 1 },
];

/** A hot SKU is one that a crowd wants: the floors are about the largest number of callers. Ratios to the textbook transaction. */
export function renderFloors(windows: readonly Window[]): string {
  const lines = [
    toLine(['floor', 'at least', 'reservations/s', 'for the same CPU']),
    toLine(['---', '--:', '--:', '--:']),
  ];
  const crowd = Math.max(...windows.map(({ callers }) => callers));
  for (const { text, way, isAbout, times } of floors) {
    const settings = [...new Set(windows.filter((each) => each.way === way).map(({ skuCount }) => skuCount))];
    for (const skuCount of settings.filter(isAbout)) {
      const own = pick(windows, way, skuCount, crowd, 'ours');
      const textbook = pick(windows, way, skuCount, crowd, 'textbook');
      const rate = timesTextbook(own, textbook, (window) => window.perSecond);
      const cpu = timesTextbook(own, textbook, (window) => 1 / window.cpuMsPerReservation);
      const name = text.endsWith('elsewhere') ? `graph, ${skuCount.toLocaleString('en')} SKUs` : text;
      lines.push(toLine([`${name}, ${crowd} callers`, `${times}×`, `${rate.toFixed(1)}×`, `${cpu.toFixed(1)}×`]));
    }
  }
  const longest = windows.filter(({ contender }) => contender === 'ours').map(({ maxMs, p50Ms }) => maxMs / p50Ms);
  lines.push(
    toLine([
      'longest wait of any caller of ours ÷ median, worst window',
      'at most 20×',
      `${Math.max(...longest).toFixed(1)}×`,
      '',
    ]),
  );
  return lines.join('\n');
}
