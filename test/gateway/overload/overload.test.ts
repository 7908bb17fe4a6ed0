import { expect, onTestFinished, test } from 'vitest';
import { createOverload, type Leave, type Overload } from '../../../gateway/overload/overload.ts';
import { defaultPriorities } from '../../../gateway/overload/priority-settings.ts';

const targetOperationMs = 500;
const maxRunning = 5_000;

/** An event loop with time to spare, on a clock of its own. */
function openOverload(): { readonly overload: Overload; readonly pass: (ms: number) => void } {
  let [atMs, lookedAtMs] = [0, 0];
  const overload = createOverload({
    priorities: defaultPriorities,
    maxRunning,
    targetTurnMs: 20,
    targetOperationMs,
    onRefused: () => undefined,
    watch: {
      look() {
        const durationMs = Math.max(1, atMs - lookedAtMs);
        lookedAtMs = atMs;
        return { durationMs, busyShare: 0.6, turnMs: 1 };
      },
    },
    now: () => atMs,
  });
  onTestFinished(() => overload.close());
  return {
    overload,
    pass(ms) {
      atMs += ms;
    },
  };
}

function begin(overload: Overload, count: number): Leave[] {
  return Array.from({ length: count }, () => {
    let leave: Leave = () => undefined;
    overload.enter(0, {
      start(given) {
        leave = given;
      },
      refuse: () => undefined,
    });
    return leave;
  });
}

function end(operations: Iterable<Leave>): void {
  for (const leave of operations) leave();
}

test('operations that wait for each other below are too many', () => {
  const { overload, pass } = openOverload();
  for (let round = 0; round < 20; round++) {
    const running = begin(overload, 600);
    pass(1_500);
    end(running);
  }
  expect(overload.limit).toBeLessThan(300);
});

test('one in twenty that hangs until its deadline lowers nobody’s limit', () => {
  const { overload, pass } = openOverload();
  const hanging: Leave[] = [];
  for (let round = 0; round < 500; round++) {
    const running = begin(overload, 100);
    pass(30);
    hanging.push(...running.splice(0, 5));
    end(running);
    if (round >= 333) end(hanging.splice(0, 5)); // after 10 s
  }
  expect(overload.limit).toBe(maxRunning);
});

test('subgraphs that are slow by themselves are no overload once that is known', () => {
  const { overload, pass } = openOverload();
  for (let round = 0; round < 20; round++) {
    const few = begin(overload, 20);
    pass(900);
    end(few);
  }
  for (let round = 0; round < 20; round++) {
    const many = begin(overload, 600);
    pass(1_000);
    end(many);
  }
  expect(overload.limit).toBe(maxRunning);
});

test('those of slow subgraphs are too many when they wait for each other as well', () => {
  const { overload, pass } = openOverload();
  for (let round = 0; round < 400; round++) {
    const few = begin(overload, 20);
    pass(3_000);
    end(few);
  }
  for (let round = 0; round < 20; round++) {
    const many = begin(overload, 600);
    pass(9_000);
    end(many);
  }
  expect(overload.limit).toBeLessThan(500);
});
