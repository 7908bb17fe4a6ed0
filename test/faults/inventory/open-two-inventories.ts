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
  const start = (name: string) =>
    runOneshelf(['subgraph', name], { DATABASE_URL: databaseUrl, PORT: '0', SUBGRAPH_SECRET: secret });
  const others = ['products', 'orders', 'customers'].map((name) => ({ name, child: start(name) }));
  const inventories = [start('inventory'), start('inventory')];
  const urlOf = (child: OneshelfProcess) => child.waitFor(graphqlUrl);
  const places = await Promise.all(others.map(async ({ name, child }) => `${name}=${await urlOf(child)}`));
  const ports = await Promise.all(inventories.map(async (child) => Number(new URL(await urlOf(child)).port)));
  const balancer = await openBalancer(ports);
  places.push(`inventory=http://127.0.0.1:${balancer.port}/graphql`);
  const gateway = runOneshelf(['gateway', '--supergraph', supergraph], {
    PORT: '0',
    GATEWAY_SUBGRAPHS: places.join(','),
    GATEWAY_SUBGRAPH_SECRET: secret,
  });
  return {
    graphqlUrl: await urlOf(gateway),
    balancer,
    async close() {
      const code = await gateway.stop();
      await balancer.close();
      const children = [...others.map(({ child }) => child), ...inventories];
      return [code, ...(await Promise.all(children.map((child) => child.stop())))];
    },
  };
}
