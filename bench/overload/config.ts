import { parseArgs } from 'node:util';

/** How long and how much. */
export interface OverloadSettings {
  /** Of one measured window. */
  readonly seconds: number;
  readonly rounds: number;
  readonly warmUpSeconds: number;
  /** What is offered, as a multiple of each gateway's own peak. */
  readonly times: number;
  /** Connections without a pause that the peak is looked for with. */
  readonly connections: number;
  /** Connections of each class under the offered load. */
  readonly crowdConnections: number;
  /** Names of gateways to leave the others out; empty means all. */
  readonly gateways: readonly string[];
  readonly isWritten: boolean;
  /** All that a process gets of our environment. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/** Reads flags (`--quick --write --times 3 --gateways a,b`) and BENCH_SECONDS, BENCH_ROUNDS. */
export function readOverloadSettings(
  args: readonly string[] = process.argv.slice(2),
  env = process.env,
): OverloadSettings {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      times: { type: 'string', default: '3' },
      gateways: { type: 'string', default: '' },
    },
  });
  const number = (name: string, given: string | undefined, fallback: number) => {
    const value = Number(given ?? fallback);
    if (!(value > 0)) throw new Error(`${name} must be a number above 0.`);
    return value;
  };
  return {
    seconds: number('BENCH_SECONDS', env.BENCH_SECONDS, flags.quick ? 4 : 8),
    rounds: number('BENCH_ROUNDS', env.BENCH_ROUNDS, flags.quick ? 1 : 3),
    warmUpSeconds: flags.quick ? 2 : 3,
    times: number('--times', flags.times, 3),
    connections: 50,
    crowdConnections: 400,
    gateways: flags.gateways.split(',').filter((name) => name !== ''),
    isWritten: flags.write,
    childEnvironment: {
      PATH: env.PATH ?? '',
      NODE_ENV: 'production',
      APOLLO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  };
}
