import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** CPU seconds that a Postgres server has used: its own, those of the processes it has, and of those that have ended. Linux only. */
export function readServerCpu(serverPid: number): number {
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = readFields(entry);
    if (fields === undefined) continue;
    const [parent, user, system, endedUser, endedSystem] = [fields[1], fields[11], fields[12], fields[13], fields[14]];
    if (entry === `${serverPid}`) ticks += Number(user) + Number(system) + Number(endedUser) + Number(endedSystem);
    else if (parent === `${serverPid}`) ticks += Number(user) + Number(system);
  }
  return ticks / ticksPerSecond;
}

/** The fields of a process's stat after its name; undefined when it has ended by now. */
function readFields(pid: string): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
