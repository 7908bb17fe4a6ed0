import { type AttackLine, everyRoad, line } from './attack-line.ts';

const http = 'test/gateway/transport/http-attacks.test.ts';
const others = 'test/attacks/other-attacks.ts';
const orders = 'test/subgraphs/orders/one-order.test.ts';

export const informationLeaks: readonly AttackLine[] = [
  line(
    'A61',
    '__schema and __type, under aliases, in fragments',
    '400 INTROSPECTION_DISABLED; who has the scope sees the contract',
    everyRoad,
    [others, "'A61'"],
    ['test/gateway/transport/request-limits.test.ts', 'introspection, also under an alias'],
    ['test/gateway/server/access.test.ts', 'the schema is read by those with the scope'],
    ['test/attacks/contract.test.ts', 'A61: the schema that is read is the contract'],
  ),
  line('A62', 'misspelt names', '400 without a suggestion', everyRoad, [others, "'A62'"], [http, 'no suggestion']),
  line('A63', '_service, _entities', '400 GRAPHQL_VALIDATION_FAILED', everyRoad, [others, "'A63'"]),
  line(
    'A64b',
    'a source that throws, in a field or in a stream of events',
    'a message of ours; what was thrown stays where it was',
    everyRoad,
    ['test/attacks/sources.test.ts', 'A64b'],
    ['test/gateway/live/socket-attacks.test.ts', 'errors inside them are masked'],
    ['test/subgraphs/shared/subscribe.test.ts', 'what breaks a stream is masked'],
  ),
  line(
    'A65',
    'a subgraph that is down',
    'UPSTREAM_UNAVAILABLE without a host',
    everyRoad,
    ['test/attacks/sources.test.ts', 'A65'],
    ['test/gateway/server/failures.test.ts', 'their fields are null with one error each'],
  ),
  line(
    'A66',
    'apollo-federation-include-trace: ftv1',
    'no trace, from the gateway or from a subgraph',
    'POST, stream by POST; straight to a subgraph',
    ['test/attacks/sources.test.ts', 'A66'],
  ),
  line(
    'A68',
    'an order’s number with a wrong e-mail, against a number that is none; a key that is nearly right',
    'the same answer, the same number of statements. There is no login in the graph. Prefixes of keys are no secret: one that was lately used is known without a look-up, which shows in time',
    'POST',
    [orders, 'looks the same when the e-mail is another'],
    [orders, 'takes as many statements whether the e-mail fits or not'],
    ['test/gateway/identity/credentials.test.ts', 'A76'],
  ),
  line('A69', 'Accept: text/html', '406, no landing page', 'GET', [http, 'no landing page']),
  line(
    'A70',
    'a process that calls home',
    'no connection but to Postgres and its own clients',
    'a process of its own',
    ['test/attacks/calls-nobody.test.ts', 'A70'],
  ),
  line('A97', 'line breaks, ANSI, long names, proofs', 'one log line, cut short; no secret in it', everyRoad, [
    'test/attacks/attacks.test.ts',
    'A97',
  ]),
  line(
    'A98',
    'a title that is a script',
    'JSON with nosniff; pages run scripts of their own origin only, so that there is no nonce to be used twice',
    'POST, GET, stream',
    ['test/attacks/oneshelf-attacks.test.ts', 'A98'],
    ['test/gateway/transport/pages.test.ts', 'strict policy'],
  ),
];
