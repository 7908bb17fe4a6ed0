import { z } from 'zod';
import { flag, type Setting, setting, text, whole } from './setting.ts';

/** Where the gateway listens, which graph it serves, and what it tells of itself. */
export const servingSettings = {
  host: setting(
    'GATEWAY_HOST',
    z.string().min(1).default('127.0.0.1'),
    'Address to listen on. A container needs `0.0.0.0`.',
  ),
  port: setting('GATEWAY_PORT', whole(4000).pipe(z.number().max(65_535)), 'Port to listen on; 0 takes a free one.'),
  graphqlPath: setting('GATEWAY_PATH', z.string().startsWith('/').default('/graphql'), 'Path of the GraphQL endpoint.'),
  planner: setting(
    'GATEWAY_PLANNER',
    z.enum(['auto', 'hive', 'apollo']).default('auto'),
    '`hive` is native and off the event loop; `auto` falls back to `apollo` where it has no build.',
  ),
  introspection: setting(
    'GATEWAY_INTROSPECTION',
    z.union([z.enum(['auto']), z.boolean(), z.stringbool()]).default('auto'),
    'Whether clients may read the schema; `auto` means yes unless `NODE_ENV` is `production`.',
  ),
  watch: setting('GATEWAY_WATCH', flag(true), 'Swap to a changed supergraph file without a restart.'),
  watchIntervalMs: setting(
    'GATEWAY_WATCH_INTERVAL_MS',
    whole(1_000, 20),
    'How often the supergraph file is looked at.',
  ),
  warmOperations: setting(
    'GATEWAY_WARM_OPERATIONS',
    whole(200),
    'How many of the hottest operations are planned on a new supergraph before it takes over.',
  ),
  hstsSeconds: setting(
    'GATEWAY_HSTS_SECONDS',
    whole(0),
    'How long browsers are told to come by TLS alone (`Strict-Transport-Security`); for a gateway behind TLS, such as 31536000. 0 says nothing.',
  ),
  adminToken: setting(
    'GATEWAY_ADMIN_TOKEN',
    text,
    'Bearer token of `POST /admin/supergraph`; without one the endpoint does not exist.',
  ),
  metrics: setting(
    'GATEWAY_METRICS',
    z.enum(['open', 'admin', 'off']).default('open'),
    '`GET /metrics` for everybody who reaches the port, with the admin token only, or not at all.',
  ),
  logLevel: setting(
    'GATEWAY_LOG_LEVEL',
    z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    'Logs are JSON lines on standard output; `debug` writes one for each operation.',
  ),
  otlpEndpoint: setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    text,
    'Where traces are sent (OTLP over HTTP, `/v1/traces` is added); without it none are made, and `traceparent` is only passed on.',
  ),
  traceRatio: setting(
    'GATEWAY_TRACE_RATIO',
    z.coerce.number().min(0).max(1).default(0.05),
    'Share of the traces begun here that is exported; a caller’s own decision wins.',
  ),
} as const satisfies Record<string, Setting>;
