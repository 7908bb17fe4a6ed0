import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './create-test-database.ts';

test('each database is its own', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const channel = { id: 'web', name: 'Web', kind: 'WEB', currency_code: 'GBP', locale: 'en-GB' } as const;
  await one.connectAs('products').db.insertInto('channel').values(channel).execute();
  expect(await one.query('select id from products.channel')).toEqual([{ id: 'web' }]);
  expect(await two.query('select id from products.channel')).toEqual([]);
  await Promise.all([one.close(), two.close()]);
  await one.close();
});

test('a connection that was left open is found out, and the database is dropped all the same', async () => {
  const database = await createTestDatabase();
  const forgotten = new pg.Client({ connectionString: database.url, application_name: 'forgetful' });
  forgotten.on('error', () => undefined);
  await forgotten.connect();
  const ended = new Promise((resolve) => forgotten.once('end', resolve));
  await expect(database.close()).rejects.toThrow(/Connections left open: forgetful/);
  await ended;
  const again = new pg.Client({ connectionString: database.url });
  await expect(again.connect()).rejects.toThrow(/does not exist/);
});

test('an open socket counts as something left running', async () => {
  const database = await createTestDatabase();
  const { hostname, port } = new URL(database.url);
  const count = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const before = count();
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  expect(count()).toBe(before + 1);
  socket.destroy();
  await once(socket, 'close');
  await database.close();
});
