import { expect, test } from 'vitest';
import { shownError } from '../../../gateway/errors.ts';
import { limitAttempts } from '../../../gateway/identity/limit-attempts.ts';
import { anonymous, createPrincipal, type Identify } from '../../../gateway/identity/principal.ts';
import { sendBy } from '../../attacks/roads.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph } from '../server/test-graph.ts';

const ada = createPrincipal({ caller: 'person', kind: 'staff', id: 'ada', scopes: [], attributes: {} });
let looked = 0;
const identify: Identify = async ({ authorization }) => {
  if (authorization === undefined) return anonymous;
  looked++;
  if (authorization === 'right' || authorization === 'also right') return ada;
  throw shownError('UNAUTHENTICATED', 'The proof of identity is not accepted.');
};

test('guesses from one address end; who was known there goes on, and other addresses are not concerned', async () => {
  const limited = limitAttempts(identify, 3);
  const attempt = async (authorization: string, address = 'a') => {
    try {
      return (await limited({ authorization }, address)).id;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };
  expect(await attempt('right')).toBe('ada');
  for (let guess = 0; guess < 3; guess++) expect(await attempt(`guess ${guess}`)).toBe('UNAUTHENTICATED');
  await waitUntil('they are counted', async () => (await attempt('guess')) === 'RATE_LIMITED');
  const before = looked;
  expect(await attempt('guess')).toBe('RATE_LIMITED');
  expect(await attempt('also right')).toBe('RATE_LIMITED');
  expect(looked).toBe(before);
  expect(await attempt('right')).toBe('ada');
  expect(await attempt('also right', 'b')).toBe('ada');
  expect((await limited({}, 'a')).kind).toBe('anonymous');
});

test('requests with wrong proofs are counted as attempts on every transport, those without any are not', async () => {
  await using graph = await startTestGraph({ wrongProofsPerMinute: 5, socketInitTimeoutMs: 20_000 }, { identify });
  const status = async (headers: Record<string, string>) =>
    (await post(graph.gateway.url, { query: '{ me { name } }' }, headers)).status;
  expect(await status({ authorization: 'right' })).toBe(200);
  for (let guess = 0; guess < 3; guess++) expect(await status({ authorization: `guess ${guess}` })).toBe(401);
  for (let guess = 0; guess < 2; guess++) {
    const headers = { accept: 'text/event-stream', authorization: `guess ${guess}` };
    const response = await fetch(`${graph.gateway.url}?query={me{name}}`, { headers });
    expect(response.status).toBe(401);
    await response.text();
  }
  await waitUntil('the address is known for it', async () => (await status({ authorization: 'guess' })) === 429);
  expect(await status({ authorization: 'right' })).toBe(200);
  expect(await status({})).toBe(200);
  expect((await sendBy('WebSocket', graph.gateway.url, { query: '{ me { name } }' }))?.data).toEqual({
    me: { name: 'Ada' },
  });
});
