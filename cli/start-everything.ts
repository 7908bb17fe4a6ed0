import { fileURLToPath } from 'node:url';
import { openDatabase } from '../db/connect.ts';
import { readSettings } from '../gateway/config.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway/server.ts';
import { subgraphNames } from '../schema/subgraph-names.ts';
import { readCommandConfig } from './config.ts';
import { type DemoCredentials, makeDemoCredentials } from './demo-credentials.ts';
import { explorerPages } from './explorer-pages.ts';
import { openSubgraph } from './open-subgraph.ts';
import { openOwnIdentity } from './own-identity.ts';
import { prepareData } from './prepare-data.ts';

const supergraphFile = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url));
const defaultPort = 4000;

/** `oneshelf start`: everything in one process, the subgraphs called in process. Put on `running`, which the caller closes. */
export async function startEverything(
  askedPort: number | undefined,
  running: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<void> {
  const { host, port, isLogLevelGiven } = readCommandConfig();
  const database = running.adopt(await openDatabase({ signal }), (opened) => opened.close());
  console.log(database.isEmbedded ? 'Postgres runs beside us.' : 'Postgres answers.');
  await prepareData(database, signal);

  const subgraphs: NonNullable<GatewayOptions['subgraphs']> = Object.fromEntries(
    await Promise.all(
      subgraphNames.map(async (name) => {
        const { subgraph } = running.adopt(await openSubgraph(name, database), (opened) => opened.close());
        return [name, { kind: 'in-process', execute: subgraph.execute, subscribe: subgraph.subscribe }] as const;
      }),
    ),
  );
  const pages = await explorerPages();
  const settings = await readSettings({
    overrides: { host, port: askedPort ?? port ?? defaultPort, ...(isLogLevelGiven ? {} : { logLevel: 'warn' }) },
  });
  const own = running.adopt(await openOwnIdentity(settings, database), (opened) => opened.close());
  const demo = await makeDemoCredentials(database);
  const gateway = running.adopt(
    await createWhereFree({
      supergraph: { kind: 'file', path: supergraphFile },
      subgraphs,
      pages,
      settings: { ...settings, ...own.settings },
      credentials: own.credentials,
      localTexts: demo === undefined ? {} : { '/explorer/callers.json': JSON.stringify(demo) },
    }),
    (opened) => opened.close(),
  );
  tellWhereToClick(gateway, '/explorer' in pages);
  if (demo !== undefined) tellDemoCredentials(demo);
  console.log('\nCtrl-C stops it.');
}

/** A taken port is no reason not to start: any free one will do, and is told. */
async function createWhereFree(
  options: GatewayOptions & { readonly settings: { readonly port: number } },
): Promise<Gateway> {
  try {
    return await createGateway(options);
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    console.log(`Port ${options.settings.port} is taken; taking a free one.`);
    return createGateway({ ...options, settings: { ...options.settings, port: 0 } });
  }
}

function isPortTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isPortTaken(error.cause);
}

function tellWhereToClick(gateway: Gateway, hasExplorer: boolean): void {
  const origin = new URL(gateway.url).origin;
  const places = [
    ...(hasExplorer ? [['Explorer', `${origin}/explorer/`]] : []),
    ['GraphQL', gateway.url],
    ['Health', `${origin}/health/ready`],
    ['Metrics', `${origin}/metrics`],
  ];
  console.log(`\nOneshelf is open.\n${places.map(([name, url]) => `  ${name?.padEnd(9)} ${url}`).join('\n')}`);
}

function tellDemoCredentials(demo: DemoCredentials): void {
  const lines = Object.entries(demo).map(([kind, value]) => `  ${kind.padEnd(9)} authorization: ${value}`);
  console.log(
    `\nDemo credentials, for trying out only (also in demo-credentials.json of the data folder):\n${lines.join('\n')}`,
  );
}
