import { expect } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';

/** The same process answers a usual request, and soon nothing of what was before it runs, waits or is open. */
export async function expectUnharmed(
  url: string,
  usual: { readonly query: string; readonly data: unknown },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: usual.query }),
  });
  // What it cost stands beside it.
  const { data, errors } = (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
  expect({ data, errors }).toEqual({ data: usual.data });
  await expectQuiet(url);
}

/** No operation runs, no socket or stream is open, and nothing waits for its plan. */
export async function expectQuiet(url: string): Promise<void> {
  await expectGone(url, 'gateway_operations_running', 'gateway_sockets_open', 'gateway_planning_waiting');
}

/** No operation runs: whatever was asked has been answered, or its client has left. */
export async function expectNothingRuns(url: string): Promise<void> {
  await expectGone(url, 'gateway_operations_running');
}

async function expectGone(url: string, ...gauges: readonly string[]): Promise<void> {
  const read = async (): Promise<string> => await (await fetch(new URL('/metrics', url))).text();
  for (const name of gauges) {
    await waitUntil(`${name} is 0`, async () => new RegExp(`^${name} 0$`, 'm').test(await read()));
  }
}
