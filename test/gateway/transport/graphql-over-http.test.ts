import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGraph, type TestGraph } from '../server/test-graph.ts';

/**
 * The audits of the GraphQL-over-HTTP specification (https://graphql.github.io/graphql-over-http/draft/), as its reference
 * implementation publishes them: every MUST and every SHOULD. The MAYs are run too; the ones we decline are listed with the reason.
 */
const declined: ReadonlySet<string> = new Set([
  '5A70', // GET without a header that forces a preflight: refused against cross-site request forgery
  'D6D5', // the same
  '6A70', // the same
]);

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const audits = serverAudits({ url: () => graph.gateway.url });

test('there are audits of every kind', () => {
  expect(audits.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThanOrEqual(12);
  expect(audits.filter(({ name }) => name.startsWith('SHOULD')).length).toBeGreaterThanOrEqual(20);
});

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    const expected = declined.has(audit.id) && audit.name.startsWith('MAY') ? 'notice' : 'ok';
    expect(result.status, 'reason' in result ? result.reason : '').toBe(expected);
  });
}
