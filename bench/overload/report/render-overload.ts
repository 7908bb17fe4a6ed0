import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import { callerClasses } from '../classes.ts';
import { type OverloadWindow, sum } from '../measure-overload.ts';

/** A gateway and its rounds. */
export interface OverloadRow {
  readonly title: string;
  readonly windows: readonly OverloadWindow[];
}

/** All gateways, then what became of each class. Medians of the rounds. */
export function renderOverload(rows: readonly OverloadRow[], times: number): string {
  const head = [
    'gateway',
    'peak/s',
    `useful/s at ${times}×`,
    'of the peak',
    'refused',
    'late or failed',
    'a refusal, of an answer',
    'MB',
  ];
  const table = [toLine(head), toLine(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(renderRow)];
  return [
    `**Useful answers at ${times} times what each can do.**`,
    '',
    ...table,
    '',
    '**Answered in time, by class; p50 / p99 of these in ms.**',
    '',
    ...renderClasses(rows),
  ].join('\n');
}

function renderRow({ title, windows }: OverloadRow): string {
  const of = (read: (window: OverloadWindow) => number) => median(windows.map(read));
  const share = (what: 'refused' | 'late' | 'failed') => of(({ classes }) => sum(classes, what) / sum(classes, 'due'));
  return toLine([
    title,
    format(of(({ peakPerSecond }) => peakPerSecond)),
    format(of(({ usefulPerSecond }) => usefulPerSecond)),
    percent(of(({ usefulPerSecond, peakPerSecond }) => usefulPerSecond / peakPerSecond)),
    percent(share('refused')),
    percent(share('late') + share('failed')),
    percent(of(({ cpuPerRefusal, cpuPerAnswer }) => cpuPerRefusal / cpuPerAnswer)),
    format(of(({ memoryMb }) => memoryMb)),
  ]);
}

function renderClasses(rows: readonly OverloadRow[]): readonly string[] {
  const head = ['gateway', ...callerClasses.map(({ name, tenths }) => `${name} (${tenths * 10} %)`)];
  const lines = rows.map(({ title, windows }) =>
    toLine([title, ...callerClasses.map(({ name }) => renderClass(name, windows))]),
  );
  return [toLine(head), toLine(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...lines];
}

function renderClass(name: string, windows: readonly OverloadWindow[]): string {
  const results = windows.flatMap(({ classes }) => classes.filter((each) => each.name === name));
  const answered = median(results.map(({ useful, due }) => useful / due));
  const rank = (share: number) =>
    median(
      results.map(({ latenciesMs }) => {
        const sorted = latenciesMs.toSorted((a, b) => a - b);
        return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
      }),
    );
  return `${percent(answered)}; ${format(rank(0.5))} / ${format(rank(0.99))}`;
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–';
}
