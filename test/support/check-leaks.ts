import { afterAll } from 'vitest';
import { waitUntil } from './wait-until.ts';

/** What keeps a process alive and was opened by somebody: sockets, servers, child processes, threads. Not timers: they end. */
const watched = new Set(['TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'Worker', 'TLSWrap', 'UDPWrap']);

function countOpen(): Map<string, number> {
  const open = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (watched.has(kind)) open.set(kind, (open.get(kind) ?? 0) + 1);
  }
  return open;
}

const before = countOpen();

function listLeaks(): readonly string[] {
  return [...countOpen()].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} ${kind}`] : [];
  });
}

// Registered before the file's own hooks, so it runs after them. A test file that leaves something running fails.
afterAll(async () => {
  await waitUntil('everything is closed', () => listLeaks().length === 0, 5_000).catch(() => {
    throw new Error(`This file left something running: ${listLeaks().join(', ')}`);
  });
});
