import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import { contenderNames, contenderTitles } from '../contenders/contenders.ts';
import type { Way, Window } from '../measure/window.ts';

const head = [
  [
    'SKUs',
    'callers',
    'how',
    'reservations/s',
    '× textbook',
    'CPU ms each',
    'CPU × textbook',
    'p50 ms',
    'p99 ms',
    'longest ÷ p50',
  ],
  ['--:', '--:', '---', '--:', '--:', '--:', '--:', '--:', '--:', '--:'],
];

/** The windows of all rounds that measured the same. */
export function pick(
  windows: readonly Window[],
  way: Way,
  skuCount: number,
  callers: number,
  contender: string,
): Window[] {
  return windows.filter(
    (each) =>
      each.way === way && each.skuCount === skuCount && each.callers === callers && each.contender === contender,
  );
}

/** How many times as much a contender had as the textbook one: the median of each round's ratio. */
export function timesTextbook(
  own: readonly Window[],
  textbook: readonly Window[],
  read: (window: Window) => number,
): number {
  return median(
    own.flatMap((window) => {
      const base = textbook.find(({ round }) => round === window.round);
      return base === undefined ? [] : [read(window) / read(base)];
    }),
  );
}

/** The table of one way, in Markdown; values are medians of the rounds, ratios medians of each round's ratio. */
export function renderReserve(windows: readonly Window[], way: Way): string {
  const own = windows.filter((each) => each.way === way);
  const lines = head.map(toLine);
  for (const skuCount of new Set(own.map((each) => each.skuCount))) {
    for (const callers of new Set(own.map((each) => each.callers))) {
      const textbook = pick(own, way, skuCount, callers, 'textbook');
      for (const name of contenderNames) {
        const mine = pick(own, way, skuCount, callers, name);
        if (mine.length > 0) lines.push(toLine(renderRow(mine, textbook)));
      }
    }
  }
  return lines.join('\n');
}

function renderRow(own: readonly Window[], textbook: readonly Window[]): string[] {
  const [first] = own;
  if (first === undefined) return [];
  const of = (read: (window: Window) => number) => median(own.map(read));
  return [
    first.skuCount.toLocaleString('en'),
    `${first.callers}`,
    contenderTitles[first.contender],
    format(of((window) => window.perSecond)),
    `${timesTextbook(own, textbook, (window) => window.perSecond).toFixed(1)}×`,
    format(of((window) => window.cpuMsPerReservation)),
    `${timesTextbook(own, textbook, (window) => 1 / window.cpuMsPerReservation).toFixed(1)}×`,
    format(of((window) => window.p50Ms)),
    format(of((window) => window.p99Ms)),
    `${of((window) => window.maxMs / window.p50Ms).toFixed(1)}×`,
  ];
}
