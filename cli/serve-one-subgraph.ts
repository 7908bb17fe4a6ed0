import { openDatabase } from '../db/connect.ts';
import { defaultSubgraphPorts } from '../schema/compose.ts';
import { type SubgraphName, subgraphNames } from '../schema/subgraph-names.ts';
import { serveSubgraph } from '../subgraphs/shared/serve-subgraph.ts';
import { readCommandConfig } from './config.ts';
import { readMachineSecret } from './machine-secret.ts';
import { openSubgraph } from './open-subgraph.ts';

/** `oneshelf subgraph NAME`: one subgraph over HTTP. Whatever it opens is put on `running`, which the caller closes. */
export async function serveOneSubgraph(
  name: string,
  port: number | undefined,
  running: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<void> {
  if (!isSubgraphName(name)) throw new Error(`No subgraph is called ${name}; there are ${subgraphNames.join(', ')}.`);
  const config = readCommandConfig();
  const database = running.adopt(await openDatabase({ signal }), (opened) => opened.close());
  const { subgraph, isReady } = running.adopt(await openSubgraph(name, database), (opened) => opened.close());
  const served = running.adopt(
    await serveSubgraph(subgraph, {
      host: config.host,
      port: port ?? config.port ?? defaultSubgraphPorts[name],
      secret: await readMachineSecret('subgraph-secret', config.subgraphSecret, 'SUBGRAPH_SECRET'),
      isReady,
    }),
    (opened) => opened.close(),
  );
  console.log(`${name} answers at ${served.url}`);
}

function isSubgraphName(name: string): name is SubgraphName {
  return subgraphNames.some((known) => known === name);
}
