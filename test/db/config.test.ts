import { expect, test } from 'vitest';
import { readDatabaseConfig } from '../../db/config.ts';

test('without settings: the embedded server under .data', () => {
  expect(readDatabaseConfig({})).toEqual({
    url: undefined,
    ownerUrls: {},
    dataDir: '.data',
    embeddedPort: undefined,
    poolSize: 10,
  });
});

test('a database for all, and another for one owner', () => {
  const config = readDatabaseConfig({
    DATABASE_URL: 'postgres://db/all',
    DATABASE_URL_ORDERS: 'postgresql://db/orders',
    DATABASE_URL_PRODUCTS: '',
    DATA_DIR: '/var/data',
    DATABASE_POOL_SIZE: '25',
  });
  expect(config).toMatchObject({
    url: 'postgres://db/all',
    ownerUrls: { orders: 'postgresql://db/orders' },
    dataDir: '/var/data',
    poolSize: 25,
  });
  expect(config.ownerUrls).not.toHaveProperty('products');
});

test('a wrong setting is named, its secret is not', () => {
  expect(() => readDatabaseConfig({ DATABASE_URL: 'mysql://user:secret@db/all' })).toThrow(
    /^Wrong setting: DATABASE_URL must begin with postgres:\/\/ or postgresql:\/\/$/,
  );
  expect(() => readDatabaseConfig({ DATABASE_PORT: '70000' })).toThrow(/DATABASE_PORT/);
});
