import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import type { Row, Window } from '../measure-workload.ts';
import type { Workload } from '../workloads/workloads.ts';
import { ratio, readCpu } from './ratio.ts';

/** A workload's table in Markdown. Values are medians of the rounds, ratios medians of each round's ratio to the first row. */
export function renderTable(workload: Workload, rows: readonly Row[]): string {
  const [first] = rows;
  const times = `× ${first?.name}`;
  const lines = [
    toLine([
      'gateway',
      'requests/s',
      times,
      'p50 ms',
      'p99 ms',
      'CPU s per 1,000',
      times,
      'core',
      'rig',
      'MB',
      'subgraph requests',
    ]),
    toLine(['---', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:']),
  ];
  for (const row of rows) lines.push(toLine(renderRow(row, first, workload.subgraphsWork)));
  const answers = rows.flatMap(({ answerBytes }) => answerBytes ?? []);
  const size = answers.length > 0 ? ` Answer: ${format(Math.min(...answers))} bytes.` : '';
  const whole = workload.subgraphsWork ? ' CPU is that of gateway and subgraphs together.' : '';
  return [`**${workload.title}.**${size}${whole}`, '', ...lines, ...renderFailures(rows)].join('\n');
}

function renderRow(row: Row, first: Row | undefined, subgraphsWork: boolean): string[] {
  const of = (read: (window: Window) => number) => median(row.windows.map(read));
  const cpu = readCpu(subgraphsWork);
  return [
    row.title,
    format(of((window) => window.perSecond)),
    `${ratio(row, first, (window) => window.perSecond).toFixed(1)}×`,
    format(of((window) => window.p50Ms)),
    format(of((window) => window.p99Ms)),
    format(of(cpu)),
    `${ratio(row, first, (window) => 1 / cpu(window)).toFixed(1)}×`,
    `${Math.round(of((window) => window.cpuShare) * 100)} %`,
    `${Math.round(of((window) => window.rigCpuShare) * 100)} %`,
    of((window) => window.memoryMb).toFixed(0),
    of((window) => window.subgraphRequestsPerOperation).toFixed(1),
  ];
}

function renderFailures(rows: readonly Row[]): string[] {
  return rows.flatMap(({ title, windows }) => {
    const failed = windows.filter(({ failures }) => failures > 0);
    const count = failed.reduce((sum, { failures }) => sum + failures, 0);
    return count === 0 ? [] : ['', `${title}: ${count} failed; the first: ${failed[0]?.firstFailure}`];
  });
}
