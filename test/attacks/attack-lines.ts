const attacks = 'test/attacks/attacks.test.ts';
const requests = 'test/attacks/requests.test.ts';
const documents = 'test/gateway/transport/document-attacks.ts';
const http = 'test/gateway/transport/http-attacks.test.ts';
const limits = 'test/gateway/transport/request-limits.test.ts';
const places = 'test/gateway/transport/socket-places.test.ts';
const trusted = 'test/gateway/documents/trusted-documents.test.ts';

/** Where a line of the list of bad inputs is tested, or why not yet. */
export type AttackLine = { readonly id: string; readonly tests: readonly (readonly [file: string, words: string])[] };

const inDocuments = (id: string): AttackLine => ({
  id,
  tests: [
    [documents, `'${id}'`],
    [attacks, 'roadNames'],
  ],
});
const tested = (id: string, ...tests: (readonly [string, string])[]): AttackLine => ({ id, tests });

/** Of the gateway's own: query shape, HTTP, leaks, logs. Those of `documents` go by POST, GET, both kinds of stream and WebSocket. */
export const attackLines: readonly AttackLine[] = [
  ...['A01', 'A02', 'A03', 'A05', 'A06', 'A07', 'A09', 'A10', 'A11', 'A13', 'A14'].map(inDocuments),
  tested('A15', ['test/attacks/other-peoples-fields.test.ts', 'A15']),
  ...['A17', 'A18', 'A19', 'A21', 'A22', 'A23'].map(inDocuments),
  inDocuments('A25'),
  inDocuments('A26'),
  tested('A27', [documents, "'A27'"]),
  tested('A29', [requests, 'A29']),
  inDocuments('A30'),
  inDocuments('A31'),
  inDocuments('A33'),
  inDocuments('A34'),
  tested('A35', ['test/gateway/subgraph-client/both-ways.test.ts', 'answers with __proto__ keys changes no prototype']),
  tested('A37', [http, 'a GET never carries a mutation'], [requests, 'A37']),
  tested('A38', [http, 'only with a header that forces a preflight'], ['test/web/other-origins.test.ts', 'blind']),
  tested('A39', [http, 'GET with a content type of forms'], [requests, 'A39']),
  tested('A41', [http, 'POST without one'], [requests, 'A41']),
  tested('A42', [http, 'odd charsets'], [requests, 'A42']),
  tested('A43', [http, 'a clean 400'], [requests, 'A43']),
  tested('A45', [http, '10 MB, announced or in chunks'], [requests, 'A45']),
  tested('A46', [http, 'compressed bodies'], [requests, 'A46']),
  tested('A47', [http, 'slow headers and slow bodies'], [requests, 'A47']),
  tested('A49', [http, 'a header named __proto__'], [requests, 'A49']),
  tested('A50', [http, 'two parsers could read in two ways'], [requests, 'A50']),
  tested('A51', [http, '1,000 pipelined requests']),
  tested('A53', [trusted, 'registrations leave nothing behind'], [http, 'persisted queries are off']),
  tested(
    'A54',
    ['test/gateway/planning/plan-cache.test.ts', 'bytes'],
    ['bench/gateway/measure-strangers.ts', 'strangers'],
  ),
  tested('A55', [http, 'what cannot be answered is refused']),
  tested('A57', [attacks, 'A57'], [places, 'behind a proxy that is trusted']),
  tested('A58', [http, 'other spellings of the path'], [requests, 'A58']),
  tested('A59', [http, 'other methods: 405'], [requests, 'A59']),
  tested(
    'A61',
    ['test/attacks/other-attacks.ts', "'A61'"],
    [limits, 'introspection, also under an alias'],
    ['test/attacks/contract.test.ts', 'A61: the schema that is read is the contract'],
  ),
  tested('A62', ['test/attacks/other-attacks.ts', "'A62'"], [http, 'no suggestion']),
  tested('A63', ['test/attacks/other-attacks.ts', "'A63'"]),
  tested('A97', [attacks, 'A97']),
];
