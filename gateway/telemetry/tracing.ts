import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** The trace of one operation. */
export interface OperationTrace {
  /** What the subgraphs get, so that their spans hang below this operation. */
  readonly headers: Readonly<Record<string, string>>;
  end(attributes: Attributes, failure?: string): void;
}

/** The trace of an event of a live operation. */
export interface EventTrace {
  readonly headers: Readonly<Record<string, string>>;
  end(failure?: string): void;
}

/** The trace of one call of a subgraph. */
export interface CallTrace {
  /** The subgraph's parent. */
  readonly traceparent: string;
  end(failure?: string): void;
}

export interface Tracing {
  /** Undefined when nothing is recorded: then the operation's own headers travel on. */
  /** A trace of its own for one event of a live operation, which may go on for days. Undefined when nothing is recorded. */
  readonly startEvent: ((requestId: string) => EventTrace) | undefined;
  readonly startCall: ((subgraph: string, traceparent: string | undefined) => CallTrace) | undefined;
  startOperation(incoming: { readonly traceparent?: unknown; readonly tracestate?: unknown }): OperationTrace;
  /** Sends what is left, within the exporter's own deadline; closing twice is safe. */
  close(): Promise<void>;
}

/** Without an exporter nothing is recorded: the caller's own trace headers are passed on as they came. */
export const passOnTraces: Tracing = {
  startCall: undefined,
  startEvent: undefined,
  startOperation({ traceparent, tracestate }) {
    const parent = readTraceparent(traceparent);
    const headers: Record<string, string> = {};
    if (parent !== undefined) {
      headers.traceparent = writeTraceparent(parent);
      if (isTracestate(tracestate)) headers.tracestate = tracestate;
    }
    return { headers, end: () => undefined };
  },
  close: async () => undefined,
};

export interface TracingOptions {
  /** OTLP over HTTP, such as http://127.0.0.1:4318 */
  readonly endpoint: string;
  /** Of traces that begin here; a caller's decision is followed. */
  readonly ratio: number;
}

/** Records spans and sends them in batches; a full queue drops spans rather than grow. */
export async function createTracing({ endpoint, ratio }: TracingOptions): Promise<Tracing> {
  // Loaded only when configured: 40 ms and 6 MB that most gateways need not pay.
  const [sdk, { OTLPTraceExporter }, { Resource }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 });
  const provider = new sdk.BasicTracerProvider({
    resource: new Resource({ 'service.name': 'gateway' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter, { maxQueueSize: 2_048, scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer('gateway');
  let closing: Promise<void> | undefined;

  return {
    startOperation({ traceparent, tracestate }) {
      const parent = readTraceparent(traceparent);
      const span = tracer.startSpan('graphql', { kind: SpanKind.SERVER }, below(parent));
      const headers: Record<string, string> = { traceparent: writeTraceparent(span.spanContext()) };
      if (parent !== undefined && isTracestate(tracestate)) headers.tracestate = tracestate;
      return {
        headers,
        end: (attributes, failure) => endSpan(span, attributes, failure),
      };
    },
    startEvent(requestId) {
      const attributes = { 'request.id': requestId };
      const span = tracer.startSpan('live event', { kind: SpanKind.CONSUMER, attributes }, ROOT_CONTEXT);
      return {
        headers: { traceparent: writeTraceparent(span.spanContext()) },
        end: (failure) => endSpan(span, {}, failure),
      };
    },
    startCall(subgraph, traceparent) {
      const attributes = { 'gateway.subgraph': subgraph };
      const span = tracer.startSpan(
        'subgraph',
        { kind: SpanKind.CLIENT, attributes },
        below(readTraceparent(traceparent)),
      );
      return {
        traceparent: writeTraceparent(span.spanContext()),
        end: (failure) => endSpan(span, {}, failure),
      };
    },
    close() {
      closing ??= provider.shutdown().catch(() => undefined);
      return closing;
    },
  };
}

function below(parent: SpanContext | undefined): Context {
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function endSpan(span: Span, attributes: Attributes, failure: string | undefined): void {
  span.setAttributes(attributes);
  if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
  span.end();
}

/** https://www.w3.org/TR/trace-context/#traceparent-header: anything else than version 00's form is ignored. */
export function readTraceparent(header: unknown): SpanContext | undefined {
  const match = typeof header === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header) : null;
  const [, traceId = '', spanId = '', flags = ''] = match ?? [];
  if (match === null || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** Passed on unread; bounded, and without anything that could break a header. */
function isTracestate(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 512 && /^[\x20-\x7e]+$/.test(value);
}
