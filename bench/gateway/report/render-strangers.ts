import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import type { StrangerRow, StrangerWindow } from '../measure-strangers.ts';

const heads = [
  [
    'gateway',
    'p50 alone',
    'p99 alone',
    'p50 among',
    'p99 among',
    'p99 ×',
    'p99 among known',
    'known/s',
    'strangers/s',
    'p50 of a stranger',
    'core',
    'MB',
  ],
  ['---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:'],
];

/** The table of the known document among strangers, times in ms. */
export function renderStrangers(title: string, rows: readonly StrangerRow[]): string {
  const lines = heads.map(toLine);
  for (const row of rows) lines.push(toLine(renderRow(row)));
  for (const { title: gateway, windows } of rows) {
    const failed = windows.find(({ failures }) => failures > 0);
    if (failed !== undefined)
      lines.push('', `${gateway}: ${failed.failures} failed; the first: ${failed.firstFailure}`);
  }
  return [`**${title}.** Times in ms.`, '', ...lines].join('\n');
}

/** What strangers do to the p99: the medians of the rounds against each other, as they stand in the table. A single window's p99 is its 30 slowest. */
export function strangerTimes(windows: readonly StrangerWindow[]): number {
  const of = (read: (window: StrangerWindow) => number) => median(windows.map(read));
  return of((window) => window.amongP99Ms) / of((window) => window.aloneP99Ms);
}

function renderRow({ title, windows }: StrangerRow): string[] {
  const of = (read: (window: StrangerWindow) => number) => median(windows.map(read));
  return [
    title,
    format(of((window) => window.aloneP50Ms)),
    format(of((window) => window.aloneP99Ms)),
    format(of((window) => window.amongP50Ms)),
    format(of((window) => window.amongP99Ms)),
    `${strangerTimes(windows).toFixed(2)}×`,
    format(of((window) => window.amongKnownP99Ms)),
    format(of((window) => window.knownPerSecond)),
    format(of((window) => window.strangersPerSecond)),
    format(of((window) => window.strangerP50Ms)),
    `${Math.round(of((window) => window.cpuShare) * 100)} %`,
    of((window) => window.memoryMb).toFixed(0),
  ];
}
