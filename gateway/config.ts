import { readFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { issuersSchema, kindsSchema } from './identity/identity-settings.ts';
import { type CallerClass, callerClasses } from './identity/principal.ts';
import type { RequestLimits } from './transport/request-limits.ts';

/** One row of the settings table. */
interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly env: string;
  readonly schema: Schema;
  readonly meaning: string;
}

function setting<Schema extends z.ZodType>(env: string, schema: Schema, meaning: string): Setting<Schema> {
  return { env, schema, meaning };
}

const whole = (fallback: number, min = 0) => z.coerce.number().int().min(min).default(fallback);
const flag = (fallback: boolean) => z.union([z.boolean(), z.stringbool()]).default(fallback);
const names = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((name) => name.trim()))])
  .transform((list) => list.filter((name) => name !== ''))
  .default([]);
const text = z.string().min(1).optional();
/** In the file as it is, in the environment as JSON. */
const structure = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(parseIfText, schema);

const table = {
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
  watchIntervalMs: setting('GATEWAY_WATCH_INTERVAL_MS', whole(500, 20), 'How often the supergraph file is looked at.'),
  warmOperations: setting(
    'GATEWAY_WARM_OPERATIONS',
    whole(200),
    'How many of the hottest operations are planned on a new supergraph before it takes over.',
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
  trustedProxies: setting(
    'GATEWAY_TRUSTED_PROXIES',
    names,
    'Addresses or networks whose `X-Forwarded-For` is believed; from all others it is ignored.',
  ),
  forwardHeaders: setting(
    'GATEWAY_FORWARD_HEADERS',
    names,
    'Request headers passed to the subgraphs as they are, such as `authorization`. Callers with different values never share an answer.',
  ),
  issuers: setting(
    'GATEWAY_ISSUERS',
    structure(issuersSchema).default([]),
    'OpenID issuers whose JWTs are believed: a list of `{issuer, audience, algorithms, type, jwksUrl | jwksFile | jwks, kind, scopes, attributes}`; in the environment as JSON. See identity/identity-settings.ts.',
  ),
  kinds: setting(
    'GATEWAY_KINDS',
    structure(kindsSchema).default({}),
    'What kinds of callers may: `{kind: {limits, grants, contract}}`, the class of their limits, the scopes that they alone have, and the only part of the graph that exists for them; in the environment as JSON.',
  ),
  credentialKey: setting(
    'GATEWAY_CREDENTIAL_KEY',
    z.string().min(32).optional(),
    'The server’s key for the hashes of API keys and device tokens, at least 32 characters. Another one makes all of them invalid.',
  ),
  accessMode: setting(
    'GATEWAY_ACCESS_MODE',
    z.enum(['filter', 'reject']).default('filter'),
    'What a field means that the caller may not see: it is null, with one error each, or the whole operation is refused.',
  ),
  introspectionScope: setting(
    'GATEWAY_INTROSPECTION_SCOPE',
    z.string().min(1).default('schema:read'),
    'Callers with this scope may read the schema (the part that exists for them) where others may not.',
  ),
  subgraphSecret: setting(
    'GATEWAY_SUBGRAPH_SECRET',
    z.string().min(32).optional(),
    'Shared with the subgraphs (their `SUBGRAPH_SECRET`), at least 32 characters: every call over a network says who is calling, signed with it.',
  ),
  csrfHeaders: setting(
    'GATEWAY_CSRF_HEADERS',
    names.transform((list) => (list.length > 0 ? list : ['x-apollo-operation-name', 'apollo-require-preflight'])),
    'A GET must carry one of these, so that no web page can send it without a preflight.',
  ),
  operationDeadlineMs: setting(
    'GATEWAY_OPERATION_DEADLINE_MS',
    whole(8_000, 1),
    'An operation is given up after this time, and everything below it.',
  ),
  subgraphDeadlineMs: setting(
    'GATEWAY_SUBGRAPH_DEADLINE_MS',
    whole(3_000, 1),
    'A call of a subgraph is given up after this time.',
  ),
  planningDeadlineMs: setting(
    'GATEWAY_PLANNING_DEADLINE_MS',
    whole(2_000, 1),
    'A document that takes longer to plan is refused.',
  ),
  drainDelayMs: setting(
    'GATEWAY_DRAIN_DELAY_MS',
    whole(0),
    'How long a closing gateway still takes connections while `/health/ready` already says no; a load balancer needs some seconds.',
  ),
  drainDeadlineMs: setting(
    'GATEWAY_DRAIN_DEADLINE_MS',
    whole(10_000),
    'Requests that run longer than this after the close began are cut.',
  ),
  headersTimeoutMs: setting(
    'GATEWAY_HEADERS_TIMEOUT_MS',
    whole(10_000, 1),
    'A connection that has not sent its headers by then is closed.',
  ),
  requestTimeoutMs: setting(
    'GATEWAY_REQUEST_TIMEOUT_MS',
    whole(15_000, 1),
    'A connection that has not sent its whole request by then is closed.',
  ),
  keepAliveTimeoutMs: setting(
    'GATEWAY_KEEP_ALIVE_TIMEOUT_MS',
    whole(72_000, 1),
    'An idle connection is closed after this time; longer than a load balancer’s own.',
  ),
  maxHeaderBytes: setting('GATEWAY_MAX_HEADER_BYTES', whole(16_384, 1_024), 'All request headers together.'),
  maxHeaders: setting('GATEWAY_MAX_HEADERS', whole(64, 8), 'Number of request headers.'),
  maxConnections: setting('GATEWAY_MAX_CONNECTIONS', whole(10_000, 1), 'Open connections; more are closed at once.'),
  maxRunningOperations: setting(
    'GATEWAY_MAX_RUNNING_OPERATIONS',
    whole(5_000, 1),
    'Operations at the same time; more are answered 503 `OVERLOADED`.',
  ),
  planCacheBytes: setting('GATEWAY_PLAN_CACHE_BYTES', whole(30 * 1024 * 1024), 'Bound of the compiled plans.'),
  documentCacheBytes: setting(
    'GATEWAY_DOCUMENT_CACHE_BYTES',
    whole(30 * 1024 * 1024),
    'Bound of the validated documents.',
  ),
  sharing: setting(
    'GATEWAY_SHARING',
    flag(true),
    'Send identical subgraph queries of one audience that are in flight at the same time once.',
  ),
  allowedOrigins: setting(
    'GATEWAY_ALLOWED_ORIGINS',
    names,
    'Web pages of other origins that may open a WebSocket or an event stream, such as `https://shop.example`; pages of our own always may.',
  ),
  socketMessageBytes: setting(
    'GATEWAY_SOCKET_MESSAGE_BYTES',
    whole(64 * 1024, 1_024),
    'A WebSocket that sends a larger message is closed with 1009.',
  ),
  socketInitTimeoutMs: setting(
    'GATEWAY_SOCKET_INIT_TIMEOUT_MS',
    whole(3_000, 1),
    'A WebSocket that has not said connection_init by then is closed with 4408.',
  ),
  socketPingMs: setting(
    'GATEWAY_SOCKET_PING_MS',
    whole(12_000, 100),
    'How often a WebSocket is pinged; one that has answered nothing by the next ping is ended. Event streams get a comment instead.',
  ),
  liveRingBytes: setting(
    'GATEWAY_LIVE_RING_BYTES',
    whole(8 * 1024 * 1024),
    'Recent events kept of one live operation: what a client that comes back is served from, and how far a slow one may fall behind.',
  ),
  liveTotalRingBytes: setting(
    'GATEWAY_LIVE_TOTAL_RING_BYTES',
    whole(256 * 1024 * 1024),
    'The same for all live operations together.',
  ),
  liveRingAgeMs: setting('GATEWAY_LIVE_RING_AGE_MS', whole(120_000, 1), 'Older events are not kept.'),
  liveLingerMs: setting(
    'GATEWAY_LIVE_LINGER_MS',
    whole(5_000),
    'A live operation whose last client has left goes on for so long, for those who were cut off and come back.',
  ),
  liveMaxUpstreams: setting(
    'GATEWAY_LIVE_MAX_UPSTREAMS',
    whole(2_000, 1),
    'Upstreams of live operations open at the same time; more are answered `OVERLOADED`.',
  ),
  liveFirstEventMs: setting(
    'GATEWAY_LIVE_FIRST_EVENT_MS',
    whole(10_000, 1),
    'A live operation whose source has not answered by then ends with `UPSTREAM_UNAVAILABLE`. One that has is taken up again for ever.',
  ),
  subgraphs: setting(
    'GATEWAY_SUBGRAPHS',
    z
      .union([z.string().transform(readPairs), z.record(z.string(), z.unknown())])
      .pipe(z.record(z.string(), z.strictObject({ url: z.url({ protocol: /^https?$/ }) })))
      .default({}),
    'Where subgraphs are, instead of what the supergraph says: `name=url,name=url`; in the file `subgraphs: {name: {url: …}}`.',
  ),
} as const satisfies Record<string, Setting>;

/** Defaults of the limits, one column for each class of caller. */
const limitTable = {
  bodyBytes: { values: [64 * 1024, 256 * 1024, 256 * 1024], meaning: 'Bytes of a request body.' },
  documentChars: { values: [16_000, 16_000, 16_000], meaning: 'Characters of a document.' },
  tokens: { values: [1_000, 2_000, 4_000], meaning: 'Tokens of a document.' },
  depth: { values: [12, 14, 14], meaning: 'Fields below fields, fragments counted.' },
  aliases: { values: [30, 30, 30], meaning: 'Aliases in a document.' },
  rootFields: { values: [10, 10, 10], meaning: 'Root fields of an operation.' },
  mutationRootFields: { values: [3, 3, 3], meaning: 'Root fields of a mutation.' },
  selections: { values: [2_000, 2_000, 2_000], meaning: 'Fields after expanding fragments.' },
  listItems: { values: [100, 1_000, 1_000], meaning: 'Items of one list in the variables or the document.' },
  sockets: {
    values: [5, 50, 20],
    meaning: 'WebSockets and event streams at a time; of one address for callers without a name.',
  },
  subscriptions: { values: [5, 20, 20], meaning: 'Operations at a time on one WebSocket.' },
  messagesPerSecond: { values: [20, 20, 20], meaning: 'Messages and pings on one WebSocket; twice as many at once.' },
} as const satisfies Record<Exclude<keyof RequestLimits, 'isIntrospectionAllowed'>, LimitRow>;

interface LimitRow {
  readonly values: readonly [anonymous: number, person: number, partner: number];
  readonly meaning: string;
}

type LimitName = keyof typeof limitTable;
type TableSettings = { readonly [Key in keyof typeof table]: z.output<(typeof table)[Key]['schema']> };

/** Every setting of a gateway, read and checked. */
export interface GatewaySettings extends Omit<TableSettings, 'introspection'> {
  readonly introspection: boolean;
  readonly limits: Readonly<Record<CallerClass, RequestLimits>>;
}

export interface SettingsSources {
  /** A YAML or JSON file with the settings by name; limits under `limits: {anonymous: {tokens: …}}`. */
  readonly configFile?: string | undefined;
  /** Wins over the environment: what the command line says. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Reads the settings: command line, then environment, then file, then default. Throws an Error that names every wrong one. */
export async function readSettings(sources: SettingsSources = {}): Promise<GatewaySettings> {
  const file = sources.configFile === undefined ? {} : readObject(await readFile(sources.configFile, 'utf8'));
  return resolveSettings(file, sources.env ?? process.env, sources.overrides ?? {});
}

/** The same without a file: `env` defaults to nothing, so that a test or an embedding program says what it wants. */
export function resolveSettings(
  file: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string | undefined>> = {},
  overrides: Readonly<Record<string, unknown>> = {},
): GatewaySettings {
  const problems = findUnknown(file, 'in the file').concat(findUnknown(overrides, 'in the options'));
  const read = <Output>(name: string, schema: z.ZodType<Output>, value: unknown): Output | undefined => {
    const result = schema.safeParse(value);
    if (!result.success) problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join('; ')}`);
    return result.data;
  };
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(table)) {
    values[name] = read(name, row.schema as z.ZodType, overrides[name] ?? fromEnv(env, row.env) ?? file[name]);
  }
  const introspection = values.introspection === 'auto' ? env.NODE_ENV !== 'production' : values.introspection;
  const limits = Object.fromEntries(
    callerClasses.map((caller, column) => {
      const limitsOfCaller: Record<string, unknown> = { isIntrospectionAllowed: introspection };
      for (const [name, row] of Object.entries(limitTable)) {
        const given =
          readLimit(overrides, caller, name) ?? fromEnv(env, limitEnv(caller, name)) ?? readLimit(file, caller, name);
        limitsOfCaller[name] = read(`limits.${caller}.${name}`, whole(row.values[column] ?? 0, 1), given);
      }
      return [caller, limitsOfCaller];
    }),
  );
  if (values.metrics === 'admin' && values.adminToken === undefined) {
    problems.push('metrics: "admin" needs an adminToken');
  }
  if (problems.length > 0) throw new Error(`The gateway's settings are wrong:\n  ${problems.join('\n  ')}`);
  return { ...values, introspection, limits } as unknown as GatewaySettings;
}

/** The settings as Markdown, for gateway/README.md; a test keeps the two the same. */
export function renderSettings(): string {
  const rows = Object.entries(table).map(([name, { env, schema, meaning }]) => {
    const fallback = schema.safeParse(undefined).data;
    return `| \`${name}\` | \`${env}\` | ${renderDefault(fallback)} | ${meaning} |`;
  });
  const limits = Object.entries(limitTable).map(
    ([name, { values, meaning }]) => `| \`${name}\` | ${values.join(' | ')} | ${meaning} |`,
  );
  return [
    '| setting | environment | default | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
    `Limits of one request, by class of caller: \`limits: {anonymous: {tokens: 500}}\` in the file, or \`${limitEnv('anonymous', 'tokens')}\`.`,
    '',
    `| limit | ${callerClasses.join(' | ')} | meaning |`,
    `|---|${callerClasses.map(() => '---').join('|')}|---|`,
    ...limits,
  ].join('\n');
}

function renderDefault(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  if (Array.isArray(value)) return value.map((item) => `\`${item}\``).join(' ');
  return typeof value === 'object' ? '–' : `\`${String(value)}\``;
}

/** An empty variable is one that is not set: a compose file cannot leave one out. */
function fromEnv(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

function limitEnv(caller: CallerClass, name: string): string {
  return `GATEWAY_LIMIT_${caller}_${name.replace(/[A-Z]/g, '_$&')}`.toUpperCase();
}

function readLimit(source: Readonly<Record<string, unknown>>, caller: CallerClass, name: string): unknown {
  const limits = source.limits;
  const row = isObject(limits) ? limits[caller] : undefined;
  return isObject(row) ? row[name as LimitName] : undefined;
}

/** A mistyped setting must not be silently without effect. */
function findUnknown(source: Readonly<Record<string, unknown>>, place: string): string[] {
  const unknown = Object.keys(source).filter((name) => name !== 'limits' && !Object.hasOwn(table, name));
  const limits = isObject(source.limits) ? source.limits : {};
  for (const [caller, row] of Object.entries(limits)) {
    if (!(callerClasses as readonly string[]).includes(caller)) unknown.push(`limits.${caller}`);
    for (const name of Object.keys(isObject(row) ? row : {})) {
      if (!Object.hasOwn(limitTable, name)) unknown.push(`limits.${caller}.${name}`);
    }
  }
  return unknown.map((name) => `${name}: there is no such setting (${place})`);
}

function parseIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // whoever checks it says what it should be
  }
}

function readPairs(text: string): Record<string, { url: string }> {
  const pairs = text.split(',').map((pair): [string, { url: string }] => {
    const [name = '', url = ''] = pair.split(/=(.*)/s);
    return [name.trim(), { url: url.trim() }];
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

/** JSON is YAML: one parser reads both. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = parseYaml(text);
  if (value === null) return {};
  if (!isObject(value)) throw new Error('The configuration file must hold an object of settings.');
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
