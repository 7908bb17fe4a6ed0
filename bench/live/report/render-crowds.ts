import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import type { CrowdSize } from '../config.ts';
import type { LiveGatewayName } from '../gateways/gateways.ts';
import { liveGateways } from '../gateways/gateways.ts';
import type { CrowdWindow } from '../measure-crowd.ts';

/** One crowd at one gateway, over all rounds. */
export interface CrowdRow {
  readonly size: CrowdSize;
  readonly gateway: LiveGatewayName;
  readonly windows: CrowdWindow[];
}

/** Deliveries of a window for each CPU second of the gateway. */
export function perCpuSecond({ clients, cpuSeconds }: CrowdWindow): number {
  return clients.deliveries / cpuSeconds;
}

const columns = [
  'clients',
  'gateway',
  'events/s',
  'deliveries/s',
  'of those due',
  'per CPU s',
  'age p50 ms',
  'age p99 ms',
  'KB idle',
  'KB busy',
  'upstreams',
  'requests an event',
  'core',
  'rig',
];

/** The table of all crowds. Values are medians of the rounds. */
export function renderCrowds(rows: readonly CrowdRow[]): string {
  const lines = [toLine(columns), toLine(columns.map((_, i) => (i === 1 ? '---' : '--:')))];
  for (const row of rows) lines.push(toLine(renderRow(row)));
  return [...lines, ...rows.flatMap(renderFaults)].join('\n');
}

function renderRow({ size, gateway, windows }: CrowdRow): string[] {
  const of = (read: (window: CrowdWindow) => number) => median(windows.map(read));
  const share = (read: (window: CrowdWindow) => number) =>
    `${Math.round(100 * of((window) => read(window) / window.clients.seconds))} %`;
  return [
    size.clients.toLocaleString('en'),
    liveGateways[gateway].title,
    format(size.perSecond),
    format(of(({ clients }) => clients.deliveries / clients.seconds)),
    `${Math.round(100 * of(({ clients, events }) => clients.deliveries / (events * size.clients)))} %`,
    format(of(perCpuSecond)),
    format(of(({ clients }) => clients.p50Ms)),
    format(of(({ clients }) => clients.p99Ms)),
    size.clients < 200 ? '' : format(of(({ idleKbPerClient }) => idleKbPerClient)),
    size.clients < 200 ? '' : format(of(({ busyKbPerClient }) => busyKbPerClient)),
    format(of(({ upstreams }) => upstreams)),
    format(of(({ requestsPerEvent }) => requestsPerEvent)),
    share(({ cpuSeconds }) => cpuSeconds),
    share(({ rigCpuSeconds }) => rigCpuSeconds),
  ];
}

/** What was not as it should be: nobody's table is to hide it. */
function renderFaults({ size, gateway, windows }: CrowdRow): string[] {
  const sum = (read: (window: CrowdWindow) => number) => windows.reduce((total, window) => total + read(window), 0);
  const faults = [
    [sum(({ clients }) => size.clients - clients.open), 'clients could not be opened in time'],
    [sum(({ clients }) => clients.lost), 'clients lost their stream'],
    [sum(({ clients }) => clients.doubles), 'events came twice'],
    [sum(({ clients }) => clients.holes), 'events were missing in their stream'],
    [sum(({ clients }) => clients.late), 'clients had an event over a second late'],
    [
      sum(({ clients, caughtUp }) => clients.open - caughtUp),
      'clients had not caught up two seconds after the last event',
    ],
  ] as const;
  const found = faults.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  if (found.length === 0) return [];
  const reason = windows.find(({ clients }) => clients.firstFailure !== undefined)?.clients.firstFailure;
  const first = reason === undefined ? '' : ` (the first: ${reason})`;
  return [
    '',
    `${liveGateways[gateway].title}, ${size.clients.toLocaleString('en')} clients: ${found.join(', ')}${first}.`,
  ];
}
