import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
} from 'graphql';

export interface SubscribeOptions {
  /** Of a validated document. */
  readonly args: ExecutionArgs;
  /** Once for the stream and anew for each event: a loader that outlived an event would answer the next with old data. */
  readonly createContext: () => unknown;
  readonly signal: AbortSignal;
}

/**
 * A subscription's results. What refuses it or breaks it is the last one, without data. The end of the signal ends it at once: an
 * async generator that waits for its next event would notice `return()` only after that event.
 */
export async function* subscribeWith({
  args,
  createContext,
  signal,
}: SubscribeOptions): AsyncGenerator<ExecutionResult> {
  if (getOperationAST(args.document, args.operationName)?.operation !== 'subscription') {
    yield { errors: [new GraphQLError('This operation is no subscription.')] };
    return;
  }
  if (signal.aborted) return;
  const left = Promise.withResolvers<undefined>();
  const onAbort = (): void => left.resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  let events: AsyncIterator<unknown> | undefined;
  try {
    const stream = await createSourceEventStream({ ...args, contextValue: createContext() });
    if (!(Symbol.asyncIterator in stream)) {
      yield stream;
      return;
    }
    events = stream[Symbol.asyncIterator]();
    for (;;) {
      const step = await Promise.race([events.next(), left.promise]);
      if (step === undefined || step.done === true || signal.aborted) return;
      yield await execute({ ...args, rootValue: step.value, contextValue: createContext() });
    }
  } catch (error) {
    if (!signal.aborted) yield { errors: [toGraphqlError(error)] };
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a generator that is still waiting takes its return after that, and its signal has told it to hurry.
    events?.return?.().catch(() => undefined);
  }
}

function toGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('The stream broke.', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}
