import { GraphQLError, type GraphQLFormattedError } from 'graphql';

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
 * it is told to `onInternalError` and replaced, so that no statement, host or stack gets out.
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
  return {
    message: 'Something went wrong on our side.',
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
