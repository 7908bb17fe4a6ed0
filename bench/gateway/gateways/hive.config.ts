/** Hive Gateway's defaults, but for the limits: the deep query is deeper than they allow. Its own benchmark runs with the same. */
export const gatewayConfig = { maxDepth: false, maxTokens: false, logging: 'error' } as const;
