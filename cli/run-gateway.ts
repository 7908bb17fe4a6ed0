import { fileURLToPath } from 'node:url';
import { openDatabase } from '../db/connect.ts';
import { type GatewaySettings, readSettings } from '../gateway/config.ts';
import { createGateway } from '../gateway/server.ts';
import { readCommandConfig } from './config.ts';
import { explorerPages } from './explorer-pages.ts';
import { findGatewayDatabase, openOwnIdentity } from './own-identity.ts';

const ownSupergraph = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url));

/** `oneshelf gateway`: the gateway alone, over the supergraph it is pointed at. Put on `running`, which the caller closes. */
export async function runGateway(
  options: {
    readonly supergraph?: string;
    readonly ownCallers?: true;
    readonly port?: number;
    readonly config?: string;
  },
  running: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<void> {
  const { host, port } = readCommandConfig();
  const settings = await readSettings({
    configFile: options.config,
    overrides: { host, ...((options.port ?? port) === undefined ? {} : { port: options.port ?? port }) },
  });
  // A supergraph of somebody else's knows neither our callers nor our secrets.
  const isOwn = options.supergraph === undefined || options.ownCallers === true;
  const own = isOwn ? await openOwn(settings, running, signal) : undefined;
  const gateway = running.adopt(
    await createGateway({
      supergraph: { kind: 'file', path: options.supergraph ?? ownSupergraph },
      settings: { ...settings, ...own?.settings },
      ...(own && { credentials: own.credentials, budgets: own.budgets }),
      pages: options.supergraph !== undefined ? {} : await explorerPages(),
    }),
    (opened) => opened.close(),
  );
  console.log(`The gateway answers at ${gateway.url}`);
}

async function openOwn(settings: GatewaySettings, running: AsyncDisposableStack, signal: AbortSignal) {
  const database = findGatewayDatabase() ?? running.adopt(await openDatabase({ signal }), (opened) => opened.close());
  return running.adopt(await openOwnIdentity(settings, database), (opened) => opened.close());
}
