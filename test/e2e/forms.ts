import { type SubgraphName, subgraphNames } from '../../schema/subgraph-names.ts';
import { type OneshelfProcess, runOneshelf } from './oneshelf-process.ts';

/** The product running, as one process or as five. */
export interface RunningForm {
  readonly graphqlUrl: string;
  readonly gateway: OneshelfProcess;
  /** Empty in the one-process form. */
  readonly subgraphs: ReadonlyMap<SubgraphName, OneshelfProcess>;
  /** Ends every process; the exit codes. */
  stop(): Promise<(number | null)[]>;
}

const graphqlUrl = /(http:\/\/\S+\/graphql)/;

/** `oneshelf start`: everything in one process, subgraphs called in process. */
export async function startOneProcess(databaseUrl: string): Promise<RunningForm> {
  const gateway = runOneshelf(['start'], { DATABASE_URL: databaseUrl, PORT: '0' });
  return {
    graphqlUrl: await gateway.waitFor(graphqlUrl),
    gateway,
    subgraphs: new Map(),
    stop: async () => [await gateway.stop()],
  };
}

/** Four `oneshelf subgraph NAME` and one `oneshelf gateway`, over HTTP. `missing` are not started: the gateway looks for them at these ports. */
export async function startFiveProcesses(
  databaseUrl: string,
  missing: Readonly<Partial<Record<SubgraphName, number>>> = {},
): Promise<RunningForm> {
  const subgraphs = new Map(
    subgraphNames
      .filter((name) => missing[name] === undefined)
      .map((name) => [name, runOneshelf(['subgraph', name], { DATABASE_URL: databaseUrl, PORT: '0' })]),
  );
  const places = await Promise.all(
    [...subgraphs].map(async ([name, child]) => `${name}=${await child.waitFor(graphqlUrl)}`),
  );
  for (const [name, port] of Object.entries(missing)) places.push(`${name}=http://127.0.0.1:${port}/graphql`);
  const gateway = runOneshelf(['gateway'], {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    GATEWAY_SUBGRAPHS: places.join(','),
  });
  return {
    graphqlUrl: await gateway.waitFor(graphqlUrl),
    gateway,
    subgraphs,
    stop: async () => [
      await gateway.stop(),
      ...(await Promise.all([...subgraphs.values()].map((child) => child.stop()))),
    ],
  };
}
