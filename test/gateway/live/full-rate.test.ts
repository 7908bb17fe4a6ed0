import { expect, test } from 'vitest';
import { liveRingBytes, runFullRate } from './full-rate.ts';

// W15; the long form compares what the others notice.
test('at 1,000 changes a second a client that stops reading queues little and is sent away; the others get everything', async () => {
  const { mostQueued, mostKept, closeCode } = await runFullRate({
    changes: 4_000,
    perSecond: 1_000,
    readers: 5,
    isStalled: true,
  });
  expect(closeCode).toBe(1013);
  // 256 KB and the event that crossed that line: 4 KB, or 7 where a machine that is behind makes one event of 50 changes.
  expect(mostQueued).toBeGreaterThan(0);
  expect(mostQueued).toBeLessThan(300_000);
  expect(mostKept).toBeLessThan(liveRingBytes + 10_000);
}, 60_000);
