import { parseArgs } from 'node:util';

/** How long and what to measure. */
export interface BenchSettings {
  /** Length of one measured window. */
  readonly seconds: number;
  readonly rounds: number;
  /** Connections of the load generator, each with one request at a time. */
  readonly connections: number;
  /** Before the first window of a gateway under a workload, and before each window. */
  readonly firstWarmUpSeconds: number;
  readonly warmUpSeconds: number;
  /** Names of gateways and workloads to leave the others out; empty means all. */
  readonly gateways: readonly string[];
  readonly workloads: readonly string[];
  readonly mode: 'compare' | 'profile';
  /** Replace the tables in bench/README.md. */
  readonly isWritten: boolean;
  /** All that a gateway or subgraph process gets of our environment: no setting of somebody's shell changes a run, and no peer reports home. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/** Reads flags (`--quick --profile --write --gateways a,b --workloads a,b`) and BENCH_SECONDS, BENCH_ROUNDS, BENCH_CONNECTIONS. */
export function readBenchSettings(args: readonly string[] = process.argv.slice(2), env = process.env): BenchSettings {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      gateways: { type: 'string', default: '' },
      workloads: { type: 'string', default: '' },
    },
  });
  const number = (name: string, fallback: number) => {
    const value = Number(env[name] ?? fallback);
    if (!(value > 0)) throw new Error(`${name} must be a number above 0.`);
    return value;
  };
  const names = (list: string) => list.split(',').filter((name) => name !== '');
  return {
    seconds: number('BENCH_SECONDS', flags.quick ? 1.2 : 4),
    rounds: number('BENCH_ROUNDS', flags.quick ? 1 : 3),
    connections: number('BENCH_CONNECTIONS', 50),
    firstWarmUpSeconds: flags.quick ? 1.2 : 3,
    warmUpSeconds: flags.quick ? 0.2 : 0.7,
    gateways: names(flags.gateways),
    workloads: names(flags.workloads),
    mode: flags.profile ? 'profile' : 'compare',
    isWritten: flags.write,
    childEnvironment: {
      PATH: env.PATH ?? '',
      NODE_ENV: 'production',
      APOLLO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  };
}
