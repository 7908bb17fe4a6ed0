import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { type DocumentNode, parse } from 'graphql';
import { createClient } from 'graphql-ws';

const url = '/graphql';
/** When there is too much to do, who tries something out comes last. */
const clientName = { 'graphql-client-name': 'explorer' };

/** Asks in somebody's name: queries and mutations by POST, subscriptions over a socket that is opened when one begins. Dispose of it when somebody else asks. */
export function createFetcher(authorization: string | undefined): { readonly fetcher: Fetcher; dispose(): void } {
  const proof = authorization === undefined ? {} : { authorization };
  const socket = createClient({
    url: new URL(url, location.href.replace(/^http/, 'ws')).href,
    connectionParams: { ...clientName, ...proof },
    // The gateway says 4403 to a proof that is not right, and to one that has ended: another try would not help.
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code >= 4400 && event.code < 4500),
  });
  const send = createGraphiQLFetcher({ url, headers: { ...clientName, ...proof }, wsClient: socket });
  return {
    // GraphiQL tells the syntax tree of what stood in the editor a tenth of a second ago: by that, a subscription that
    // has just been written would be sent by POST.
    fetcher: (params, options) => send(params, { ...options, ...readDocument(params.query) }),
    dispose: () => void socket.dispose(),
  };
}

/** Nothing of what is no GraphQL: the gateway says what is wrong with it. */
function readDocument(query: string): { readonly documentAST?: DocumentNode } {
  try {
    return { documentAST: parse(query) };
  } catch {
    return {};
  }
}
