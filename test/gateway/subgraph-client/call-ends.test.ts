import { expect, test } from 'vitest';
import { Cancellation } from '../../../gateway/basics/cancellation.ts';
import { createDeadlines } from '../../../gateway/basics/deadlines.ts';
import { offAbort, onAbort } from '../../../gateway/basics/on-abort.ts';

test('deadlines come in the order of their beginnings, not early, and not for what has ended', async () => {
  const now = () => performance.now();
  const deadlines = createDeadlines(30, now);
  const due: string[] = [];
  const beganAt = now();
  const { promise, resolve } = Promise.withResolvers<void>();
  deadlines.start(() => due.push(`first ${now() - beganAt >= 30}`));
  const end = deadlines.start(() => due.push('ended'));
  deadlines.start(() => {
    due.push('third');
    // One that begins while others are due gets its whole time.
    const againAt = now();
    deadlines.start(() => {
      due.push(`again ${now() - againAt >= 30}`);
      resolve();
    });
  });
  end();
  await promise;
  expect(due).toEqual(['first true', 'third', 'again true']);
});

test('a cancellation keeps its first reason, and shows it to who listens and to who asks for a signal, early or late', () => {
  const cancellation = new Cancellation();
  const heard: unknown[] = [];
  cancellation.listen(() => heard.push('an attempt that is over'));
  cancellation.listen((reason) => heard.push(reason));
  const early = cancellation.signal;
  cancellation.cancel('first');
  cancellation.cancel('second');
  expect(heard).toEqual(['first']);
  expect([cancellation.aborted, cancellation.reason]).toEqual([true, 'first']);
  expect([early.aborted, early.reason]).toEqual([true, 'first']);

  const late = new Cancellation();
  late.cancel('gone');
  expect([late.signal.aborted, late.signal.reason]).toEqual([true, 'gone']);
});

test('everybody who waits for a signal is told once, but for those who have gone', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const gone = () => told.push('gone');
  onAbort(controller.signal, () => told.push('one'));
  onAbort(controller.signal, gone);
  onAbort(controller.signal, () => {
    told.push('two');
    offAbort(controller.signal, last);
  });
  const last = () => told.push('last');
  onAbort(controller.signal, last);
  offAbort(controller.signal, gone);
  controller.abort();
  controller.abort();
  expect(told).toEqual(['one', 'two']);
});
