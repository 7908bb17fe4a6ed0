/** The gateway owns a schema and a role, and no table yet. */
export type GatewayDatabase = Record<never, never>;
