import { fileURLToPath } from 'node:url';
import { type GatewayKind, hiveBin } from '../../rig/gateways/gateway-kind.ts';

export interface LiveGatewayKind extends GatewayKind {
  /** Settings from the environment. */
  readonly env: Readonly<Record<string, string>>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Both gateways, each from its own command line. */
export const liveGateways = {
  ours: {
    name: 'ours',
    title: 'Oneshelf',
    module: () => here('../../../oneshelf.ts'),
    args: (file, port) => ['gateway', '--supergraph', file, '--port', String(port)],
    // The defaults let one address open 5 sockets, and all 10,000 connections.
    env: { GATEWAY_LIMIT_ANONYMOUS_SOCKETS: '20000', GATEWAY_MAX_CONNECTIONS: '20000', GATEWAY_LOG_LEVEL: 'warn' },
  },
  hive: {
    name: 'hive',
    title: 'Hive Gateway',
    module: hiveBin,
    args: (file, port) => [
      ...['supergraph', file, '--port', String(port), '--host', '127.0.0.1'],
      ...['--config-path', here('hive.config.ts')],
    ],
    env: {},
  },
} as const satisfies Record<string, LiveGatewayKind>;

export type LiveGatewayName = keyof typeof liveGateways;
