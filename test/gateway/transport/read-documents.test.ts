import { ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { judgeDocument, validationOptions } from '../../../gateway/planning/judge-document.ts';
import type { GraphqlContext } from '../../../gateway/transport/apollo-server.ts';
import { toClientError } from '../../../gateway/transport/client-errors.ts';
import { createDocumentReader } from '../../../gateway/transport/document-reader.ts';
import { createShapeReader } from '../../../gateway/transport/document-shape.ts';
import { readDocuments } from '../../../gateway/transport/read-documents.ts';

const typeDefs = 'type Query { hero(id: ID!): Hero  heroes: [Hero!] } type Hero { id: ID! name: String }';
const schema = buildSchema(typeDefs);

/** Apollo Server as the gateway sets it up, with its own reading of documents or with ours. */
function createServer(isOurs: boolean): ApolloServer<GraphqlContext> {
  const reader = createDocumentReader({
    judge: async (validated, text) => judgeDocument(validated, text),
    readShape: createShapeReader(1_000),
    maxBytes: 100_000,
  });
  return new ApolloServer<GraphqlContext>({
    schema,
    formatError: (formatted, error) => toClientError(error, formatted).error,
    validationOptions,
    introspection: true,
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    csrfPrevention: false,
    ...(isOurs ? { documentStore: null } : {}),
    plugins: [
      ...(isOurs ? [readDocuments(reader)] : []),
      {
        async requestDidStart() {
          return {
            async didEncounterErrors({ errors, contextValue }) {
              for (const { extensions } of errors) contextValue.observation.refused(undefined, String(extensions.code));
            },
          };
        },
      },
    ],
  });
}

const documents = [
  '{ hero(id: 1) { id name } }',
  '{ hero { id } }',
  '{ heros { id } }',
  '{ hero(id: {}) { nam } heroes { id { x } } ...f }',
  'query A($a: Int) { hero(id: $a) { id } } query A { b c d e f g }',
  '{ hero(id: 1) { id }',
  '# nothing',
  '"',
  'query A { heroes { id } } query B { heroes { name } }',
  'mutation { x }',
  'subscription { x }',
  'fragment f on Hero { id }',
  'type Query { a: Int }',
];
const ways = [
  { method: 'POST', accept: 'application/json' },
  { method: 'POST', accept: 'application/graphql-response+json' },
  { method: 'GET', accept: '*/*' },
];

test('what Apollo Server gets from us it answers as what it read itself: status, headers and every byte', async () => {
  const answers = new Map<boolean, unknown[]>();
  for (const isOurs of [false, true]) {
    const server = createServer(isOurs);
    await server.start();
    const all: unknown[] = [];
    for (const { method, accept } of ways) {
      for (const query of documents) {
        for (const operationName of [undefined, 'A', 'C']) {
          const said: string[] = [];
          const { status, headers, body } = await server.executeHTTPGraphQLRequest({
            httpGraphQLRequest: requestOf(method, accept, query, operationName),
            context: async () => contextOf(said),
          });
          all.push([query, operationName, status, [...headers], body, said]);
        }
      }
    }
    answers.set(isOurs, all);
    await server.stop();
  }
  expect(answers.get(true)).toEqual(answers.get(false));
});

function requestOf(
  method: string,
  accept: string,
  query: string,
  operationName: string | undefined,
): HTTPGraphQLRequest {
  const headers = new HeaderMap([['accept', accept]]);
  if (method === 'POST') {
    headers.set('content-type', 'application/json');
    return { method, headers, search: '', body: { query, operationName } };
  }
  const search = new URLSearchParams({ query, ...(operationName === undefined ? {} : { operationName }) });
  return { method, headers, search: `?${search}`, body: undefined };
}

/** Of what a request brings, that which reading documents uses. */
function contextOf(said: string[]): GraphqlContext {
  return {
    schema,
    caller: { signal: new AbortController().signal, principal: { contract: undefined } },
    observation: { refused: (_error: unknown, code?: string) => said.push(String(code)) },
  } as unknown as GraphqlContext;
}
