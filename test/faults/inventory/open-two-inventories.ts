import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { projectRoot } from '../../check/source-files.ts';
import { type OneshelfProcess, runOneshelf } from '../../e2e/oneshelf-process.ts';
import { type Balancer, openBalancer } from './open-balancer.ts';

/** The five-process form with a second inventory process: a gateway and five subgraph processes. Must be closed. */
export interface TwoInventories {
  readonly graphqlUrl: string;
  /** In front of the two inventories; the gateway knows one address for each subgraph. */
  readonly balancer: Balancer;
  /** Ends every process; their exit codes. */
  close(): Promise<(number | null)[]>;
}

/** Named, so that the gateway does not build the explorer first. */
const supergraph = join(projectRoot, 'schema/supergraph.graphql');
const graphqlUrl = /(http:\/\/\S+\/graphql)/;

/** Starts them over a database that is migrated. */
export async function openTwoInventories(databaseUrl: string): Promise<TwoInventories> {
  const secret = randomUUID();
  const children: OneshelfProcess[] = [];
  const start = (args: readonly string[], env: Readonly<Record<string, string>>) => {
    const child = runOneshelf(args, { PORT: '0', ...env });
    children.unshift(child); // the gateway comes last and ends first
    return child.waitFor(graphqlUrl);
  };
  const startSubgraph = (name: string) =>
    start(['subgraph', name], { DATABASE_URL: databaseUrl, SUBGRAPH_SECRET: secret });
  const stop = () => Promise.all(children.map((child) => child.stop()));
  try {
    const others = ['products', 'orders', 'customers'].map(async (name) => `${name}=${await startSubgraph(name)}`);
    const inventories = [startSubgraph('inventory'), startSubgraph('inventory')];
    const places = await Promise.all(others);
    const ports = (await Promise.all(inventories)).map((url) => Number(new URL(url).port));
    const balancer = await openBalancer(ports);
    places.push(`inventory=http://127.0.0.1:${balancer.port}/graphql`);
    const env = {
      DATABASE_URL: databaseUrl,
      GATEWAY_SUBGRAPHS: places.join(','),
      GATEWAY_SUBGRAPH_SECRET: secret,
      // All buyers are one person.
      GATEWAY_LIMIT_PERSON_COST_PER_MINUTE: '1000000000',
    };
    const url = await start(['gateway', '--supergraph', supergraph, '--own-callers'], env);
    return {
      graphqlUrl: url,
      balancer,
      async close() {
        const codes = await stop();
        await balancer.close();
        return codes;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
