import { parseArgs } from 'node:util';

/** What a run measures: reservations as commands in process, reservations through the graph, availability of many levels. */
export const parts = ['commands', 'graph', 'availability'] as const;
export type Part = (typeof parts)[number];

/** How long and what to measure. */
export interface ReserveSettings {
  /** Length of one measured window, and of the warm-up before it. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  readonly skuCounts: readonly number[];
  readonly callerCounts: readonly number[];
  readonly parts: readonly Part[];
  /** How often availability is asked in each of its settings. */
  readonly availabilityQueries: number;
  /** Replace the tables in bench/README.md. */
  readonly isWritten: boolean;
}

/** Reads flags (`--quick --write --parts a,b --skus 1,10 --callers 8,200`) and BENCH_SECONDS, BENCH_ROUNDS. */
export function readReserveSettings(
  args: readonly string[] = process.argv.slice(2),
  env = process.env,
): ReserveSettings {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      parts: { type: 'string', default: parts.join() },
      skus: { type: 'string', default: '1,10,1000' },
      callers: { type: 'string', default: '8,64,200' },
    },
  });
  const number = (name: string, fallback: number) => readNumber(name, env[name] ?? `${fallback}`);
  const numbers = (name: string, list: string) => list.split(',').map((each) => readNumber(name, each));
  const asked = flags.parts.split(',');
  return {
    seconds: number('BENCH_SECONDS', flags.quick ? 1 : 3),
    warmUpSeconds: flags.quick ? 0.5 : 1,
    rounds: number('BENCH_ROUNDS', flags.quick ? 1 : 3),
    skuCounts: numbers('--skus', flags.skus),
    callerCounts: numbers('--callers', flags.callers),
    parts: parts.filter((part) => asked.includes(part)),
    availabilityQueries: flags.quick ? 40 : 200,
    isWritten: flags.write,
  };
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0.`);
  return value;
}
