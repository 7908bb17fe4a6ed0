import { format, toLine } from '../../rig/report/markdown.ts';
import { median } from '../../rig/report/median.ts';
import type { ReturnWindow } from '../measure-return.ts';
import { type CrowdRow, perCpuSecond } from './render-crowds.ts';

/** The floors of the live part, and what this run says of each. */
export function renderFloors(rows: readonly CrowdRow[], returned: ReturnWindow | undefined): string {
  const find = (gateway: CrowdRow['gateway'], clients: number) =>
    rows.find((row) => row.gateway === gateway && row.size.clients === clients);
  const lines = [toLine(['goal', 'floor', 'reached']), toLine(['---', '--:', '--:'])];
  for (const clients of [500, 1_000]) {
    const [ours, hive] = [find('ours', clients), find('hive', clients)];
    if (ours === undefined || hive === undefined) continue;
    const times = ours.windows.map((window, round) => perCpuSecond(window) / toRate(hive, round));
    const goal = `deliveries for the same CPU at ${clients.toLocaleString('en')} clients, against Hive Gateway`;
    const reached = median(times);
    lines.push(toLine([goal, '20×', Number.isFinite(reached) ? `${format(reached)}×` : 'it delivered nothing']));
  }
  const [one, many] = [find('ours', 1)?.windows[0], find('ours', 5_000)?.windows[0]];
  if (one !== undefined && many !== undefined) {
    const cost = ({ ownUpstreams = 0, ownRequestsPerEvent = 0 }: typeof one) =>
      `${ownUpstreams} and ${ownRequestsPerEvent.toFixed(1)}`;
    const goal = 'upstreams and requests an event with 5,000 clients, by the gateway’s metrics';
    lines.push(toLine([goal, `as with one: ${cost(one)}`, cost(many)]));
  }
  const held = find('ours', 10_000);
  if (held !== undefined) {
    const count = held.windows.reduce((sum, { clients }) => sum + clients.late + clients.lost + clients.holes, 0);
    const open = Math.min(...held.windows.map(({ clients }) => clients.open));
    const goal = `streams lost, late or with a hole, of ${open.toLocaleString('en')} with ${held.size.perSecond} events a second`;
    lines.push(toLine([goal, '0 of 10,000', format(count)]));
  }
  if (returned !== undefined) lines.push(renderReturn(returned));
  return lines.join('\n');
}

function toRate(row: CrowdRow, round: number): number {
  const window = row.windows[round] ?? row.windows[0];
  return window === undefined ? Number.NaN : perCpuSecond(window);
}

function renderReturn({ clients, caughtUp, seconds, missed, upstreamsBegun, fromMemory, ...faults }: ReturnWindow) {
  const { doubles, holes, lost, firstFailure } = faults;
  const why = firstFailure === undefined ? '' : ` (${firstFailure.replaceAll('|', '/')})`;
  const goal = `new upstreams when ${clients.toLocaleString('en')} come back at once, each having missed some ${missed} events`;
  const reached = `${upstreamsBegun}; ${fromMemory.toLocaleString('en')} from memory, ${caughtUp.toLocaleString('en')} caught up in ${seconds.toFixed(1)} s, ${doubles} events twice, ${holes} missing, ${lost} streams lost${why}`;
  return toLine([goal, '0', reached]);
}
