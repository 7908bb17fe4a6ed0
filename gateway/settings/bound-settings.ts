import { flag, type Setting, setting, whole } from './setting.ts';

/** How long things may take, and how many and how large they may be. */
export const boundSettings = {
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
    whole(4_000, 1),
    'A document that takes longer to plan is refused. By the clock on the wall: a machine that is overloaded needs longer for innocent ones too.',
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
  answerTimeoutMs: setting(
    'GATEWAY_ANSWER_TIMEOUT_MS',
    whole(30_000, 1),
    'A connection whose client reads nothing of its answer for so long is closed.',
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
    'Operations at the same time, at the most; the limit of now is learned (`targetTurnMs`), and those that are more wait by their `priorities`, or are refused: 503 `OVERLOADED` with Retry-After.',
  ),
  targetTurnMs: setting(
    'GATEWAY_TARGET_TURN_MS',
    whole(25, 1),
    'How long a turn of the busy event loop may take; fewer operations run at the same time while turns are longer.',
  ),
  targetOperationMs: setting(
    'GATEWAY_TARGET_OPERATION_MS',
    whole(250, 1),
    'How long operations may take, in the mean, before fewer run at the same time: beyond it they wait for each other below, for a database or a subgraph. Half as much again as among few, where that is more.',
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
} as const satisfies Record<string, Setting>;
