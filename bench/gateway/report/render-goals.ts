import { toLine } from '../../rig/report/markdown.ts';
import type { StrangerRow } from '../measure-strangers.ts';
import type { Row } from '../measure-workload.ts';
import type { Workload } from '../workloads/workloads.ts';
import { ratio, readCpu } from './ratio.ts';
import { strangerTimes } from './render-strangers.ts';

/** What a workload measured. */
export type Measured =
  | { readonly kind: 'rows'; readonly workload: Workload; readonly rows: readonly Row[] }
  | { readonly kind: 'strangers'; readonly workload: Workload; readonly rows: readonly StrangerRow[] };

interface Goal {
  readonly text: string;
  readonly workload: Workload['name'];
  readonly row: string;
  /** What the row is set against. */
  readonly base: string;
  readonly floor: number;
  readonly aim: number;
}

const goals: readonly Goal[] = [
  { text: 'deep, sharing off', workload: 'deep', row: 'ours', base: 'stock', floor: 6, aim: 8 },
  { text: 'deep, sharing on', workload: 'deep', row: 'ours-sharing', base: 'stock', floor: 9, aim: 12 },
  { text: 'small, sharing off', workload: 'small', row: 'ours', base: 'stock', floor: 5, aim: 9 },
  { text: 'different variables each time', workload: 'variables', row: 'ours', base: 'stock', floor: 5, aim: 8 },
  {
    text: 'deep in process against HTTP',
    workload: 'deep-in-process',
    row: 'ours-in-process',
    base: 'ours',
    floor: 1.5,
    aim: 2.5,
  },
  {
    text: 'small in process against HTTP',
    workload: 'small-in-process',
    row: 'ours-in-process',
    base: 'ours',
    floor: 1.5,
    aim: 2.5,
  },
];

/** The goals of the gateway and how near they are, from what one run measured. */
export function renderGoals(measured: readonly Measured[]): string {
  const lines = [
    toLine(['goal', 'floor', 'aim', 'requests/s', 'requests for the same CPU']),
    toLine(['---', '--:', '--:', '--:', '--:']),
  ];
  for (const goal of goals) {
    const found = measured.find(({ workload }) => workload.name === goal.workload);
    if (found?.kind === 'rows') lines.push(...renderGoal(goal, found.workload, found.rows));
  }
  const strangers = measured
    .find((each) => each.kind === 'strangers')
    ?.rows.find(({ name }) => name === 'ours-sharing');
  if (strangers !== undefined) {
    const times = strangerTimes(strangers.windows);
    lines.push(toLine(['p99 of a known document among strangers', '1.5×', '1.1×', `${times.toFixed(2)}×`, '']));
  }
  return lines.join('\n');
}

function renderGoal(
  { text, row: name, base: baseName, floor, aim }: Goal,
  workload: Workload,
  rows: readonly Row[],
): string[] {
  const [row, base] = [rows.find((each) => each.name === name), rows.find((each) => each.name === baseName)];
  if (row === undefined || base === undefined) return [];
  const cpu = readCpu(workload.subgraphsWork);
  const byRate = ratio(row, base, (window) => window.perSecond);
  const byCpu = ratio(row, base, (window) => 1 / cpu(window));
  return [toLine([text, `${floor}×`, `${aim}×`, `${byRate.toFixed(1)}×`, `${byCpu.toFixed(1)}×`])];
}
