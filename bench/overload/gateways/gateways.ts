import { fileURLToPath } from 'node:url';
import { gatewayKinds as peers } from '../../gateway/gateways/gateways.ts';
import type { GatewayKind } from '../../rig/gateways/gateway-kind.ts';

/** The gateways that are overloaded; `issuers` is what ours believes. */
export function listGateways(issuers: string): readonly GatewayKind[] {
  const module = () => fileURLToPath(new URL('ours.ts', import.meta.url));
  const ours = (form: string, name: string, title: string): GatewayKind => ({
    name,
    title,
    module,
    args: (file, port) => [form, issuers, file, String(port)],
  });
  return [
    ...peers.filter(({ name }) => name === 'stock' || name === 'hive'),
    ours('unlimited', 'ours-unlimited', 'Oneshelf, up to 5,000 at once'),
    ours('limited', 'ours', 'Oneshelf'),
  ];
}
