import { fileURLToPath } from 'node:url';
import { type GatewayKind, hiveBin } from '../../rig/gateways/gateway-kind.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

function hive(name: string, title: string, ...more: string[]): GatewayKind {
  return {
    name,
    title,
    module: hiveBin,
    args: (file, port) => [
      'supergraph',
      file,
      ...['--port', String(port), '--host', '127.0.0.1', '--config-path', here('hive.config.ts')],
      ...more,
    ],
  };
}

/** How our gateway reaches the subgraphs, and whether identical queries in flight are sent once. */
export type OurForm = 'http' | 'http-sharing' | 'in-process';

function ours(form: OurForm, title: string): GatewayKind {
  return {
    name: form === 'http' ? 'ours' : `ours-${form.replace('http-', '')}`,
    title,
    module: () => here('ours.ts'),
    args: (file, port) => [form, file, String(port)],
  };
}

/** Every gateway, in the order of the table; the first is what the others are measured against. */
export const gatewayKinds = [
  {
    name: 'stock',
    title: '@apollo/gateway (stock)',
    module: () => here('stock.ts'),
    args: (file, port) => [file, String(port)],
  },
  hive('hive', 'Hive Gateway'),
  hive('hive-router', 'Hive Gateway, Hive Router runtime', '--hive-router-runtime'),
  ours('http', 'Oneshelf, sharing off'),
  ours('http-sharing', 'Oneshelf, sharing on'),
  ours('in-process', 'Oneshelf, in process'),
] as const satisfies readonly GatewayKind[];
