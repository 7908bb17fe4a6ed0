import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  createCredential,
  listCredentials,
  revokeCredential,
  rotateCredential,
} from '../../../db/credentials/change-credentials.ts';
import { createCredentialStore } from '../../../db/credentials/create-credential-store.ts';
import { GatewayError } from '../../../gateway/errors.ts';
import { createIdentity } from '../../../gateway/identity/create-identity.ts';
import { type CredentialKey, hashCredentialKey, makeCredentialKey } from '../../../gateway/identity/credential-key.ts';
import type { CredentialStore } from '../../../gateway/identity/credential-store.ts';
import type { Principal } from '../../../gateway/identity/principal.ts';
import { createCredentialVerifier } from '../../../gateway/identity/verify-credential.ts';
import { createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';
import { waitUntil } from '../../support/wait-until.ts';

const serverKey = 'the key of the server, of thirty-two characters';
let database: TestDatabase;
const connect = () => database.connectAs('gateway').db;
let db: ReturnType<typeof connect>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect();
});
afterAll(() => database.close());

async function issue(changes: Partial<Parameters<typeof createCredential>[1]> = {}): Promise<CredentialKey> {
  const key = makeCredentialKey();
  await createCredential(db, {
    prefix: key.prefix,
    hash: hashCredentialKey(key, serverKey),
    kind: 'device',
    holder: `device-${key.prefix}`,
    scopes: ['a:read'],
    attributes: { place: 'north' },
    note: '',
    expiresInDays: undefined,
    ...changes,
  });
  return key;
}

async function open(store: CredentialStore = createCredentialStore(db), pollMs = 50) {
  const kinds = { device: { limits: 'person', grants: ['device'] } } as const;
  const identity = createCredentialVerifier({
    store,
    serverKey,
    kinds: { device: { ...kinds.device, grants: [...kinds.device.grants] } },
    pollMs,
  });
  onTestFinished(() => identity.close());
  return async (text: string): Promise<Principal> => identity.verify(text);
}

async function refused(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => new Error('let in'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GatewayError)) throw error;
  return error.code;
}

describe('a key', () => {
  test('says whose it is and what it may; only its hash is kept', async () => {
    const key = await issue({ scopes: ['a:read', 'device'] });
    const principal = await (await open())(key.text);
    expect(principal).toMatchObject({ kind: 'device', id: `device-${key.prefix}`, attributes: { place: 'north' } });
    expect([...principal.scopes]).toEqual(['a:read', 'device']);
    const rows = JSON.stringify(await database.query('select * from gateway.credential'));
    expect(rows).not.toContain(key.text.split('_')[2]);
  });

  test.each([
    ['another secret', (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')],
    [
      'another first letter',
      (text: string) => text.replace(/_(.)(\w+)$/, (_all, one, rest) => `_${one === '0' ? 1 : 0}${rest}`),
    ],
    ['another prefix', (text: string) => text.replace(/_.{12}_/, '_000000000000_')],
    ['a cut one', (text: string) => text.slice(0, -4)],
    ['upper case', (text: string) => text.toUpperCase().replace('OSK', 'osk')],
    ['sql', () => "osk_' or true --_"],
  ])('%s is refused', async (_what, change) => {
    const key = await issue();
    const verify = await open();
    expect((await verify(key.text)).kind).toBe('device');
    expect(await refused(verify(change(key.text)))).toBe('UNAUTHENTICATED');
  });

  test('ends with its time', async () => {
    const key = await issue({ expiresInDays: 1 / 86_400 / 2 });
    const verify = await open();
    expect((await verify(key.text)).expiresAt).toBeGreaterThan(Date.now());
    await waitUntil(
      'it has ended',
      async () => (await refused(verify(key.text)).catch(() => '')) === 'UNAUTHENTICATED',
    );
    expect(await refused((await open())(key.text))).toBe('UNAUTHENTICATED');
  });

  test('that was taken back is refused soon, and whoever holds a connection hears of it', async () => {
    const key = await issue();
    const verify = await open();
    const { revoked } = await verify(key.text);
    expect(await revokeCredential(db, key.prefix)).toBe(true);
    expect(await revokeCredential(db, key.prefix)).toBe(false);
    await waitUntil('it is known', () => revoked?.aborted === true, 2_000);
    expect(await refused(verify(key.text))).toBe('UNAUTHENTICATED');
  });

  test('is rotated with an overlap: both are one holder’s, then the old one ends', async () => {
    const old = await issue();
    const verify = await open();
    const before = await verify(old.text);
    const fresh = makeCredentialKey();
    const kept = { prefix: fresh.prefix, hash: hashCredentialKey(fresh, serverKey) };
    expect(await rotateCredential(db, old.prefix, kept, 1 / 3_600)).toBe(true);
    expect((await verify(fresh.text)).audience).toBe(before.audience);
    await waitUntil('the change is known', () => before.revoked?.aborted === true, 2_000);
    await waitUntil(
      'the old one has ended',
      async () => (await refused(verify(old.text)).catch(() => '')) === 'UNAUTHENTICATED',
    );
    expect((await verify(fresh.text)).id).toBe(before.id);
    expect(await rotateCredential(db, old.prefix, { ...kept, prefix: '0123456789ab' }, 1)).toBe(false);
    expect((await listCredentials(db)).map(({ prefix }) => prefix)).toContain(fresh.prefix);
  });
});

test('keys that do not exist cannot keep the store from those that do', async () => {
  const key = await issue();
  const real = createCredentialStore(db);
  let running = 0;
  let most = 0;
  const release = Promise.withResolvers<void>();
  const store: CredentialStore = {
    ...real,
    async find(prefix) {
      running++;
      most = Math.max(most, running);
      if (prefix !== key.prefix) await release.promise;
      running--;
      return real.find(prefix);
    },
  };
  const verify = await open(store);
  expect((await verify(key.text)).kind).toBe('device');
  const strangers = Array.from({ length: 200 }, () => refused(verify(makeCredentialKey().text)));
  expect((await verify(key.text)).kind).toBe('device');
  release.resolve();
  const codes = await Promise.all(strangers);
  expect(most).toBeLessThanOrEqual(64);
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(64);
  expect(codes.filter((code) => code === 'OVERLOADED')).toHaveLength(136);
});

test('a store that is away lets nobody in whom it has not confirmed lately', async () => {
  const key = await issue();
  const real = createCredentialStore(db);
  let isAway = false;
  let clock = 1_000_000;
  const failing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isAway) throw new Error('connection refused');
    return work();
  };
  const failures: unknown[] = [];
  const verifier = createCredentialVerifier({
    store: {
      find: (prefix) => failing(() => real.find(prefix)),
      findRevisions: (all) => failing(() => real.findRevisions(all)),
    },
    serverKey,
    kinds: {},
    pollMs: 20,
    now: () => clock,
    onPollFailed: (error) => failures.push(error),
  });
  onTestFinished(() => verifier.close());
  const verify = async () => verifier.verify(key.text);
  const { revoked } = await verify();
  isAway = true;
  clock += 3_000;
  expect((await verify()).kind).toBe('device');
  clock += 3_000;
  expect(await refused(verify())).toBe('OVERLOADED');
  await waitUntil('a poll failed', () => failures.length > 0);
  expect(revoked?.aborted).toBe(false);
  clock += 20_000;
  await waitUntil('open sockets are ended', () => revoked?.aborted === true);
  isAway = false;
  expect((await verify()).kind).toBe('device');
});

test('a key of an issuer-only gateway is refused', async () => {
  const identity = await createIdentity({ issuers: [], kinds: {} });
  const authorization = `Bearer ${makeCredentialKey().text}`;
  expect(await refused((async () => identity.identify({ authorization }))())).toBe('UNAUTHENTICATED');
});

test('A76: near misses at the first and at the last letter take the same time', async () => {
  const key = await issue();
  const verifier = createCredentialVerifier({ store: createCredentialStore(db), serverKey, kinds: {} });
  onTestFinished(() => verifier.close());
  await verifier.verify(key.text);
  const flip = (letter: string | undefined): string => (letter === '0' ? '1' : '0');
  const first = `${key.text.slice(0, 17)}${flip(key.text[17])}${key.text.slice(18)}`;
  const last = `${key.text.slice(0, -1)}${flip(key.text.at(-1))}`;
  const samples = Number(process.env.TIMING_SAMPLES ?? 4_000);
  const times: Record<'first' | 'last', number[]> = { first: [], last: [] };
  const measure = (which: 'first' | 'last', text: string): void => {
    const startedAt = process.hrtime.bigint();
    try {
      void verifier.verify(text);
    } catch {
      times[which].push(Number(process.hrtime.bigint() - startedAt));
    }
  };
  for (let index = 0; index < samples; index++) {
    measure('first', first);
    measure('last', last);
    if (index % 500 === 0) await wait(0);
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const [one, other] = [median(times.first), median(times.last)];
  expect(times.first).toHaveLength(samples);
  expect(Math.abs(one - other) / Math.max(one, other)).toBeLessThan(0.1);
});
