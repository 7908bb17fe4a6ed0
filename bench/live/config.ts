import { parseArgs } from 'node:util';
import { type LiveGatewayName, liveGateways } from './gateways/gateways.ts';

/** One size of crowd, and how many events a second it is sent. */
export interface CrowdSize {
  readonly clients: number;
  readonly perSecond: number;
  readonly gateways: readonly LiveGatewayName[];
}

/** How long and what to measure. */
export interface LiveSettings {
  readonly sizes: readonly CrowdSize[];
  readonly rounds: number;
  /** Length of one measured window, and of the events before it. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** A gateway that has not taken all its clients by then is measured with those it has. */
  readonly openDeadlineMs: number;
  readonly mode: 'compare' | 'profile';
  /** Clients that are cut off and come back all at once. */
  readonly returning: number;
  readonly isWritten: boolean;
  /** All that a process of the bench gets of our environment. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/** Reads flags (`--quick --write --profile --clients a,b --gateways a,b`) and BENCH_SECONDS, BENCH_ROUNDS. */
export function readLiveSettings(args: readonly string[] = process.argv.slice(2), env = process.env): LiveSettings {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      clients: { type: 'string', default: '' },
      gateways: { type: 'string', default: '' },
    },
  });
  const number = (name: string, fallback: number) => {
    const value = Number(env[name] ?? fallback);
    if (!(value > 0)) throw new Error(`${name} must be a number above 0.`);
    return value;
  };
  const both = Object.keys(liveGateways) as readonly LiveGatewayName[];
  const isChosen = (list: string, name: string | number) => list === '' || list.split(',').includes(String(name));
  const all: readonly CrowdSize[] = [
    // A crowd of one, for what a growing crowd must not cost.
    { clients: 1, perSecond: 5, gateways: ['ours'] },
    { clients: 200, perSecond: 5, gateways: both },
    { clients: 500, perSecond: 5, gateways: both },
    { clients: 1_000, perSecond: 5, gateways: both },
    { clients: 5_000, perSecond: 5, gateways: both },
    { clients: 10_000, perSecond: 4, gateways: ['ours'] },
  ];
  const sizes = all
    // The quick form leaves the smallest crowd out: it says nothing that 500 do not.
    .filter(
      ({ clients }) => isChosen(flags.clients, clients) && !(flags.quick && flags.clients === '' && clients === 200),
    )
    .map((size) => ({ ...size, gateways: size.gateways.filter((name) => isChosen(flags.gateways, name)) }));
  return {
    sizes,
    rounds: number('BENCH_ROUNDS', flags.quick ? 1 : 3),
    seconds: number('BENCH_SECONDS', flags.quick ? 2 : 8),
    warmUpSeconds: flags.quick ? 1 : 20,
    openDeadlineMs: flags.quick ? 15_000 : 60_000,
    returning: 5_000,
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
