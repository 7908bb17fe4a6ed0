import { median } from '../../rig/report/median.ts';
import type { Row, Window } from '../measure-workload.ts';

/** How many times as much a row had as another: the median of each round's ratio, so that what slowed both at once falls out. */
export function ratio(row: Row, base: Row | undefined, read: (window: Window) => number): number {
  return median(row.windows.map((window, round) => read(window) / read(base?.windows[round] ?? window)));
}

/** CPU seconds of a workload's operations: of the gateway, or of all when the gateway holds the subgraphs in one of the rows. */
export function readCpu(subgraphsWork: boolean): (window: Window) => number {
  return (window) => (subgraphsWork ? window.totalCpuSecondsPerThousand : window.cpuSecondsPerThousand);
}
