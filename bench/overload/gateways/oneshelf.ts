import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayKind } from '../../rig/gateways/gateway-kind.ts';
import { postGraphql, type RunningGateway } from '../../rig/gateways/start-gateway.ts';
import type { Asked } from '../measure-overload.ts';
import type { ShelfItem } from '../work.ts';

/** `oneshelf start`: gateway and subgraphs in one process, the sample data in the embedded Postgres beside it. */
export const oneshelfKind: GatewayKind = {
  name: 'oneshelf',
  title: 'Oneshelf, the product in one process',
  module: () => fileURLToPath(new URL('../../../oneshelf.ts', import.meta.url)),
  args: (_file, port) => ['start', '--port', String(port)],
};

/** Its data in a folder of its own, its demo callers, and no budgets: the bench asks more in a second than anybody may in a minute. */
export function oneshelfEnvironment(dataDir: string): Readonly<Record<string, string>> {
  return { DATA_DIR: dataDir, NODE_ENV: 'development', GATEWAY_LOG_LEVEL: 'silent', GATEWAY_COST: 'report' };
}

/** Who asks the product, and for what: its demo callers, for pages of the shelf. */
export async function askedOfOneshelf({ port }: RunningGateway, dataDir: string): Promise<Asked> {
  const demo = JSON.parse(await readFile(join(dataDir, 'demo-credentials.json'), 'utf8')) as Record<string, string>;
  const tokenOf = (kind: string) => (demo[kind] ?? '').replace(/^Bearer /, '');
  const query =
    '{ products(channel: "web", first: 100) { nodes { handle variants(first: 1) { nodes { sku availability(channel: "web") { availableToSell } } } } } }';
  const { text } = await postGraphql(port, JSON.stringify({ query }));
  const { data } = JSON.parse(text) as Listed;
  const items = data.products.nodes.flatMap(({ handle, variants }): ShelfItem[] => {
    const [variant] = variants.nodes;
    return variant !== undefined && variant.availability.availableToSell > 50 ? [{ handle, sku: variant.sku }] : [];
  });
  if (items.length < 20) throw new Error(`Only ${items.length} products of the sample data are on the shelf.`);
  const tokens = { till: tokenOf('till'), customer: tokenOf('customer'), checkout: tokenOf('staff') };
  return { tokens, work: { kind: 'oneshelf', items } };
}

interface Listed {
  readonly data: {
    readonly products: {
      readonly nodes: readonly {
        readonly handle: string;
        readonly variants: {
          readonly nodes: readonly {
            readonly sku: string;
            readonly availability: { readonly availableToSell: number };
          }[];
        };
      }[];
    };
  };
}
