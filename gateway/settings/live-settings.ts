import { names, type Setting, setting, whole } from './setting.ts';

/** WebSockets, event streams and live operations. */
export const liveSettings = {
  allowedOrigins: setting(
    'GATEWAY_ALLOWED_ORIGINS',
    names.refine((origins) => origins.every(isOrigin), 'each is an origin such as https://shop.example, or *'),
    'Web pages of other origins that may use the graph, by requests (CORS), event streams and WebSockets, such as `https://shop.example`; pages of our own always may. Cookies are never asked for.',
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
  liveEnrichPatienceMs: setting(
    'GATEWAY_LIVE_ENRICH_PATIENCE_MS',
    whole(10_000),
    'How long a feed waits for subgraphs that its events need and that are away; then an event goes out with nulls and says so, or its clients are sent back.',
  ),
} as const satisfies Record<string, Setting>;

/** As browsers write it: no path, no default port, no capital letters. */
function isOrigin(text: string): boolean {
  return text === '*' || (URL.canParse(text) && new URL(text).origin === text);
}
