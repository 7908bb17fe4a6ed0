import { type AttackLine, everyRoad, line, type Place } from './attack-line.ts';

const documents = 'test/gateway/transport/document-attacks.ts';
const byAllRoads: Place = ['test/attacks/attacks.test.ts', 'roadNames'];

/** A document among those that test/attacks sends by every road. */
const inDocuments = (id: string, arrives: string, gets: string): AttackLine =>
  line(id, arrives, gets, everyRoad, [documents, `'${id}'`], byAllRoads);

export const queryShape: readonly AttackLine[] = [
  inDocuments('A01', '101 aliases', '400 TOO_MANY_ALIASES'),
  inDocuments(
    'A02',
    'one mutation 40 times; four',
    '400 TOO_MANY_ALIASES; ROOT_FIELD_LIMIT. There is no login in the graph',
  ),
  inDocuments('A03', 'a field 500 and 1,300 times', '400 ROOT_FIELD_LIMIT; TOKEN_LIMIT'),
  inDocuments('A05', 'a directive 1,000 and 100 times', '400 DOCUMENT_TOO_LONG; GRAPHQL_VALIDATION_FAILED'),
  inDocuments('A06', '50 levels', '400 DEPTH_LIMIT'),
  inDocuments('A07', 'levels by fragments', '400 DEPTH_LIMIT'),
  inDocuments('A09', 'a fragment shallow first, deep second', '400 DEPTH_LIMIT'),
  inDocuments('A10', '100 items of 100 each under an operation that is named __schema', '400 COST_LIMIT'),
  inDocuments('A11', 'fragments in a circle', '400 GRAPHQL_VALIDATION_FAILED'),
  inDocuments('A13', '2^25 selections in 1.5 KB', '400 SELECTION_LIMIT'),
  inDocuments('A14', 'inline fragments in inline fragments', '400 DOCUMENT_TOO_LONG; TOKEN_LIMIT'),
  line('A15', 'spreads over many types of other subgraphs', 'planned or refused, and nobody is held up', 'POST', [
    'test/attacks/other-peoples-fields.test.ts',
    'A15',
  ]),
  inDocuments('A17', 'the schema in itself', '400 INTROSPECTION_DISABLED; GRAPHQL_VALIDATION_FAILED'),
  inDocuments('A18', '900 KB of blanks or comments', '400 DOCUMENT_TOO_LONG; 413 BODY_TOO_LARGE, 1009'),
  inDocuments('A19', '5,000 tokens and more', '400 TOKEN_LIMIT'),
  inDocuments('A21', 'a text of 10 MB; a list of 101', '413 BODY_TOO_LARGE; 400 LIST_LIMIT'),
  inDocuments('A22', 'a list of wrong values', '400 BAD_USER_INPUT, five errors'),
  inDocuments('A23', 'numbers that are none', '400 BAD_USER_INPUT; GRAPHQL_VALIDATION_FAILED'),
  inDocuments('A25', 'a page size by variable, default or not at all', '400 COST_LIMIT'),
  inDocuments('A26', 'a heavy field under @include or @skip', '400 COST_LIMIT'),
  inDocuments('A27', 'two operations, one of them huge', '400: limits are the document’s'),
  line(
    'A29',
    'a subscription of nobody in particular',
    'works, or an error that says nothing',
    'both streams, WebSocket',
    ['test/attacks/requests.test.ts', 'A29'],
  ),
  inDocuments('A30', 'subscriptions with two roots, of introspection, with @skip', '400 GRAPHQL_VALIDATION_FAILED'),
  inDocuments('A31', 'NUL, half a surrogate pair', '400 BAD_USER_INPUT'),
  inDocuments('A33', 'variables named __proto__ and constructor', '400 BAD_REQUEST; prototypes stay'),
  inDocuments('A34', 'aliases named __proto__ and constructor, of two subgraphs', 'the right data under them'),
  line('A35', 'a subgraph answers __proto__', 'no prototype changes', 'HTTP and in process', [
    'test/gateway/subgraph-client/both-ways.test.ts',
    'answers with __proto__ keys changes no prototype',
  ]),
];
