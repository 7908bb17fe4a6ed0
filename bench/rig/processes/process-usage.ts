import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever Node runs. */
const ticksPerSecond = 100;

/** CPU seconds (user and system, all threads) that a process and those that it has started and that live have used since they began. Linux only. */
export function readCpuSeconds(pid: number): number {
  return sumOf(pid, ownCpuSeconds);
}

function ownCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field is the command's name and may hold spaces and brackets: fields are counted after its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process and those that it has started, in MB. Linux only. */
export function readMemoryMb(pid: number): number {
  return sumOf(pid, readOwnMemoryMb);
}

/** Of the process alone. */
export function readOwnMemoryMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** The same to the microsecond, for short windows of little work: of the threads that these processes have now. Linux only. */
export function readPreciseCpuSeconds(pid: number): number {
  return sumOf(pid, ownPreciseCpuSeconds);
}

function ownPreciseCpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ', 1)[0]);
  }
  return nanoseconds / 1e9;
}

function sumOf(pid: number, readOwn: (pid: number) => number): number {
  return listFamily(pid).reduce((sum, each) => sum + readOwn(each), 0);
}

/** A process and all that it has started, directly or not. */
function listFamily(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => listFamily(Number(child)))];
}
