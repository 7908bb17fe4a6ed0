import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startOneProcess } from '../e2e/forms.ts';
import { ask } from '../e2e/graph-client.ts';
import { createSeededDatabase } from '../support/create-test-database.ts';

/** The other ends of a process's sockets of one kind, as the kernel lists them: `0100007F:1F90`, little endian. */
function otherEnds(pid: number, kind: 'tcp' | 'tcp6' | 'udp' | 'udp6'): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  const lines = readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .flatMap((cells) => (inodes.has(cells[9] ?? '') ? (cells[2] ?? []) : []));
}

/** Nobody (a socket that listens), or this machine. */
const near = /^(0{8}|0{32}|0100007F|0{24}01000000|0{16}FFFF00000100007F):/;

test.runIf(process.platform === 'linux')(
  'A70 the whole product calls nobody but Postgres, and looks no name up',
  async () => {
    const database = await createSeededDatabase();
    const form = await startOneProcess(database.url);
    const { pid } = form.gateway;
    const seen = new Set<string>();
    const look = (): void => {
      for (const kind of ['tcp', 'tcp6'] as const) for (const end of otherEnds(pid, kind)) seen.add(end);
      for (const kind of ['udp', 'udp6'] as const) for (const end of otherEnds(pid, kind)) seen.add(`${kind} ${end}`);
    };
    for (let turn = 0; turn < 20; turn++) {
      const answer = await ask(form.graphqlUrl, `{ products(channel: "web", first: ${turn + 1}) { nodes { title } } }`);
      expect(answer.errors).toBeUndefined();
      look();
    }
    expect(await form.stop()).toEqual([0]);
    await database.close();
    expect(seen.size).toBeGreaterThan(1); // it listens, and it has connections to Postgres
    expect([...seen].filter((end) => !near.test(end))).toEqual([]);
  },
  120_000,
);
