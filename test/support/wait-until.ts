import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `condition` gives something true, and returns it; fails with `what` after `deadlineMs`. Tests never just sleep. */
export async function waitUntil<Value>(
  what: string,
  condition: () => Promise<Value | undefined | false> | Value | undefined | false,
  deadlineMs = 15_000,
): Promise<Value> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${deadlineMs} ms in vain until ${what}`);
    await delay(10);
  }
}
