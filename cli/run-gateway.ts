import { fileURLToPath } from 'node:url';
import { readSettings } from '../gateway/config.ts';
import { createGateway } from '../gateway/server.ts';
import { readCommandConfig } from './config.ts';
import { explorerPages } from './explorer-pages.ts';
import { readMachineSecret } from './machine-secret.ts';

const ownSupergraph = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url));

/** `oneshelf gateway`: the gateway alone, over the supergraph it is pointed at. Put on `running`, which the caller closes. */
export async function runGateway(
  options: { readonly supergraph?: string; readonly port?: number; readonly config?: string },
  running: AsyncDisposableStack,
): Promise<void> {
  const { host, port } = readCommandConfig();
  const settings = await readSettings({
    configFile: options.config,
    overrides: { host, ...((options.port ?? port) === undefined ? {} : { port: options.port ?? port }) },
  });
  // A supergraph of somebody else's has subgraphs that know no secret of ours, unless one was given.
  const isOurs = options.supergraph === undefined;
  const subgraphSecret = isOurs
    ? await readMachineSecret('subgraph-secret', settings.subgraphSecret, 'GATEWAY_SUBGRAPH_SECRET')
    : settings.subgraphSecret;
  const gateway = running.adopt(
    await createGateway({
      supergraph: { kind: 'file', path: options.supergraph ?? ownSupergraph },
      settings: { ...settings, subgraphSecret },
      pages: options.supergraph === undefined ? await explorerPages() : {},
    }),
    (opened) => opened.close(),
  );
  console.log(`The gateway answers at ${gateway.url}`);
}
