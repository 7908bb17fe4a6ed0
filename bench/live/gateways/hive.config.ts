/** Hive Gateway's defaults. Subscriptions of subgraphs go over WebSocket, as its documentation has it, which is what ours uses too. */
export const gatewayConfig = {
  logging: 'error',
  transportEntries: { feed: { options: { subscriptions: { kind: 'ws', location: '/feed' } } } },
} as const;
