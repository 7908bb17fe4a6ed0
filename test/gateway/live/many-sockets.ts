import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';

/** Settings under which one address may be a crowd. */
export const manySockets: Partial<GatewaySettings> = {
  limits: resolveSettings({ limits: { anonymous: { sockets: 10_000, messagesPerSecond: 1_000_000 } } }).limits,
};
