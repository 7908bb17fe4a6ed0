import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { passingCodeOf } from './passing-trouble.ts';

/** The caller asked for something that cannot be: shown as it is, with the code BAD_USER_INPUT. */
export function userInputError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The caller may not do this: shown as it is, with the code FORBIDDEN. Says nothing about whether there is what was asked for. */
export function forbiddenError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}

/**
 * What a caller may see of an error. Errors that carry a code were made for callers; anything else is ours (SQL, a bug):
 * it is told to `onInternalError` and replaced, so that no statement, host or stack gets out. A database that is away has a code of its own:
 * it comes back, and whoever waits for it (a live feed) must not take its absence for the answer.
 */
export function toPublicError(
  error: GraphQLError,
  onInternalError: (error: GraphQLError) => void,
): GraphQLFormattedError {
  const cause = error.originalError ?? error;
  if (cause instanceof GraphQLError || cause === error) {
    const code = typeof error.extensions.code === 'string' ? error.extensions.code : 'BAD_USER_INPUT';
    return { ...error.toJSON(), extensions: { ...error.extensions, code } };
  }
  onInternalError(error);
  const passing = passingCodeOf(cause);
  return {
    message: passing === undefined ? 'Something went wrong on our side.' : 'This cannot be read now; try again.',
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code: passing ?? 'INTERNAL_SERVER_ERROR' },
  };
}
