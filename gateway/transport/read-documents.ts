import { type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import { type DocumentNode, type GraphQLError, parse } from 'graphql';
import { toAbortSignal } from '../basics/cancellation.ts';
import { documentNotFound } from '../documents/document-trust.ts';
import type { GraphqlContext } from './apollo-server.ts';
import { toApolloError, toClientError } from './client-errors.ts';
import type { DocumentReader } from './document-reader.ts';

/**
 * Gives Apollo Server the documents it would otherwise parse and validate itself, on the event loop. One that is not valid gets a
 * stand-in, and its errors become the answer where Apollo Server asks plugins for one.
 */
export function readDocuments(documents: DocumentReader): ApolloServerPlugin<GraphqlContext> {
  const refusals = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const listener: GraphQLRequestListener<GraphqlContext> = {
    async didResolveSource(context) {
      const { source, queryHash, contextValue } = context;
      const { schema } = contextValue;
      const read =
        contextValue.read ??
        (await documents
          .read(schema, source, queryHash, toAbortSignal(contextValue.caller.signal))
          .catch((error: unknown) => [toApolloError(error)]));
      const document = 'document' in read ? read.document : standIn();
      const isOutside = contextValue.isNamedById && contextValue.caller.principal.contract !== undefined;
      if (!('document' in read)) refusals.set(document, isOutside ? [toApolloError(documentNotFound())] : read);
      // What a plugin may read it may not write, by its type; Apollo Server takes what stands here before it parses.
      Object.assign(context, { document });
    },
    async responseForOperation({ document, contextValue }) {
      const errors = refusals.get(document);
      if (errors === undefined) return null;
      const shown = errors.map((error) => ({ error, client: toClientError(error, error.toJSON()) }));
      for (const { error, client } of shown) {
        contextValue.observation.refused(error.originalError ?? error, String(client.error.extensions?.code));
      }
      const status = shown[0]?.client.status ?? 500;
      const body = { kind: 'single', singleResult: { errors: shown.map(({ client }) => client.error) } } as const;
      return { http: { status, headers: new HeaderMap() }, body };
    },
  };
  return {
    async requestDidStart() {
      return listener;
    },
  };
}

/** A query, because a GET that is not one is refused before its errors could be told; a new one each time, to know it by. */
function standIn(): DocumentNode {
  return { ...nothing };
}

const nothing = parse('{ __typename }', { noLocation: true });
