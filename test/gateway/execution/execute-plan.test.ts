import { describe, expect, test } from 'vitest';
import { executePlan, executePlanFrom } from '../../../gateway/execution/execute-plan.ts';
import { type Answers, openShop } from './open-shop.ts';

const items = ['1', '2', '1'].map((id) => ({ __typename: 'Item', id, name: `n${id}`, weight: 3 }));

/** A stock that knows every item. */
const stock: Answers['stock'] = ({ query, variables }) => {
  const representations = (variables.representations ?? variables.__batch_reps_0 ?? []) as {
    id: string;
    weight?: number;
  }[];
  const entities = representations.map(({ id, weight }) => ({
    level: Number(id) * 10,
    strictLevel: 1,
    fee: (weight ?? 0) * 2,
  }));
  return {
    data: query.includes('_e0')
      ? { _e0: entities }
      : query.includes('_entities')
        ? { _entities: entities }
        : { level: 1 },
  };
};

describe('entities', () => {
  test('that are the same are asked for once and merged everywhere', async () => {
    const shop = openShop({ catalogue: () => ({ data: { items: structuredClone(items) } }), stock });
    const { json } = await shop.run('{ items { name level fee } }');
    expect(json.data).toEqual({
      items: [1, 2, 1].map((id) => ({ name: `n${id}`, level: id * 10, fee: 6 })),
    });
    const asked = shop.sent.filter(({ subgraph }) => subgraph === 'stock');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.variables.representations).toHaveLength(2);
  });

  test('whose error names one of them have it at every place where that one stands', async () => {
    const shop = openShop({
      catalogue: () => ({ data: { items: structuredClone(items) } }),
      stock: () => ({
        data: { _entities: [{ amount: null }, { amount: 20 }] },
        errors: [
          {
            message: 'no level',
            path: ['_entities', 0, 'amount'],
            extensions: { code: 'SHELF_GONE', serviceName: 'stock' },
          },
        ],
      }),
    });
    const { json } = await shop.run('{ items { amount: level } }');
    expect(json.data).toEqual({ items: [{ amount: null }, { amount: 20 }, { amount: null }] });
    expect(json.errors).toEqual(
      [0, 2].map((index) => ({
        message: 'no level',
        path: ['items', index, 'amount'],
        extensions: { code: 'SHELF_GONE', requestId: 'r1' },
      })),
    );
  });

  test('whose error has no code, or is a crash, are null with our words: its own were not written for clients', async () => {
    for (const extensions of [undefined, {}, { code: 7 }, { code: 'INTERNAL_SERVER_ERROR' }]) {
      const errors = [{ message: 'select * from shelf at db.internal', path: ['_entities', 0, 'level'], extensions }];
      const shop = openShop({
        catalogue: () => ({ data: { items: structuredClone(items) } }),
        stock: () => ({ data: { _entities: [{ level: null }, { level: 20 }] }, errors }),
      });
      const { json, body } = await shop.run('{ items { level } }');
      expect(json.errors?.[0]?.message).toBe('A source of this field reported an error.');
      expect(body).not.toContain('select');
    }
  });

  test('that are null, or lack a required field, are null and nothing is asked in vain', async () => {
    const shop = openShop({ catalogue: () => ({ data: { items: [] } }), stock });
    expect((await shop.run('{ items { level } }')).json).toEqual({ data: { items: [] } });
    expect(shop.sent).toHaveLength(1);
    const partial = openShop({
      catalogue: () => ({
        data: { items: [{ __typename: 'Item', id: '1' }] },
        errors: [{ message: 'no weight', path: ['items', 0, 'weight'] }],
      }),
      stock,
    });
    const { json } = await partial.run('{ items { fee } }');
    expect(json.data).toEqual({ items: [{ fee: null }] });
    expect(partial.sent).toHaveLength(1);
  });
});

describe('a subgraph that fails', () => {
  test.each([
    ['is down', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1:4002')), 'UPSTREAM_UNAVAILABLE'],
    [
      'is late',
      ({ signal }: { signal: AbortSignal }) => new Promise((_r, reject) => signal.addEventListener('abort', reject)),
      'UPSTREAM_TIMEOUT',
    ],
    ['answers a text', () => '<html>', 'UPSTREAM_INVALID_RESPONSE'],
    ['answers too few entities', () => ({ data: { _entities: [] } }), 'UPSTREAM_INVALID_RESPONSE'],
    ['answers entities that are no list', () => ({ data: { _entities: { 0: {} } } }), 'UPSTREAM_INVALID_RESPONSE'],
    [
      'answers nothing but an error',
      () => ({ data: null, errors: [{ message: 'x', extensions: { code: 7 } }] }),
      'UPSTREAM_ERROR',
    ],
  ])(
    'because it %s leaves its fields null, with one error each, and the rest answered',
    async (_name, answer, code) => {
      const shop = openShop(
        { catalogue: () => ({ data: { items: structuredClone(items) } }), stock: answer as Answers['stock'] },
        100,
      );
      const { json, body } = await shop.run('{ items { name level } }');
      expect(json.data).toEqual({ items: ['1', '2', '1'].map((id) => ({ name: `n${id}`, level: null })) });
      expect(json.errors?.map((error) => error.path)).toEqual([0, 1, 2].map((index) => ['items', index, 'level']));
      expect(json.errors?.every((error) => error.extensions.code === code)).toBe(true);
      expect(body).not.toMatch(/stock|ECONN|10\.0/);
    },
  );

  test('at the root leaves its root fields null, beside the others', async () => {
    const shop = openShop({
      catalogue: () => ({ data: { item: items[0] } }),
      stock: () => Promise.reject(new Error('down')),
    });
    const { json } = await shop.run('{ item { name } level }');
    expect(json).toMatchObject({ data: { item: { name: 'n1' }, level: null }, errors: [{ path: ['level'] }] });
    expect(json.errors).toHaveLength(1);
  });

  test('under a field that must not be null takes the nearest object that may be', async () => {
    const shop = openShop({
      catalogue: () => ({ data: { items: structuredClone(items), item: structuredClone(items[0]) } }),
      stock: () => Promise.reject(new Error('down')),
    });
    const { json } = await shop.run('{ items { strictLevel } item { name strictLevel } }');
    expect(json.data).toEqual({ items: null, item: null });
    expect(json.errors).toHaveLength(4);
  });

  test('with a million errors does not make a million of ours', async () => {
    const errors = Array.from({ length: 100_000 }, (_none, index) => ({
      message: `m${index}`.repeat(9_999),
      path: ['level'],
    }));
    const shop = openShop({ catalogue: () => ({}), stock: () => ({ data: { level: null }, errors }) });
    const { errorCount, body } = await shop.run('{ level }');
    expect(errorCount).toBe(100);
    expect(body.length).toBeLessThan(150_000);
  });
});

describe('values of the wrong type', () => {
  test.each([
    ['name', 5],
    ['name', {}],
    ['count', '5'],
    ['count', 2 ** 31],
    ['count', 1.5],
    ['ratio', 'x'],
    ['isNew', 'true'],
    ['kind', 'HIDDEN'],
    ['kind', 'C'],
    ['tags', 'abc'],
    ['tags', [null]],
    ['tags', [[]]],
    ['matrix', [[null]]],
    ['parent { name }', 'text'],
    ['parent { name }', []],
    ['any { __typename }', {}],
    ['any { __typename }', { __typename: 'Query' }],
    ['named { name }', { __typename: '__proto__' }],
  ])('%s: %j become null with an error, on every run', async (field, value) => {
    const key = field.split(' ')[0] ?? '';
    const shop = openShop({
      catalogue: () => ({ data: { item: { __typename: 'Item', id: '1', [key]: value } } }),
      stock,
    });
    const plan = await shop.plan(`{ item { id ${field} } }`);
    for (let run = 0; run < 6; run++) {
      const json = JSON.parse((await executePlan(plan, shop.context())).body);
      const expected = key === 'matrix' ? [null] : null;
      expect(json.data).toEqual({ item: { id: '1', [key]: expected } });
      expect(json.errors).toHaveLength(1);
      expect(json.errors[0].path.slice(0, 2)).toEqual(['item', key]);
    }
  });

  test('of custom scalars go through as they are, and a whole number is an ID', async () => {
    const extra = { a: [1, null, { '"': 'é\u2028' }], constructor: 1 };
    const shop = openShop({ catalogue: () => ({ data: { item: { id: 7, extra } } }), stock });
    expect((await shop.run('{ item { id extra } }')).json).toEqual({ data: { item: { id: '7', extra } } });
  });
});

test('hostile keys reach no prototype, whatever the client calls its fields', async () => {
  const hostile = JSON.parse(
    '{"data":{"__proto__":{"polluted":1},"item":{"__proto__":{"polluted":1},"id":"1","name":"x"}}}',
  );
  const shop = openShop({
    catalogue: ({ query }) => {
      const answer = structuredClone(hostile);
      for (const [alias] of query.matchAll(/_r_\w+/g))
        answer.data[alias] ??= { __typename: 'Item', id: '1', name: 'x', [alias]: 'y' };
      return answer;
    },
    stock,
  });
  const { json } = await shop.run(
    '{ __proto__: item { constructor: name } constructor: item { __proto__: name toString: name } }',
  );
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  expect(Object.keys(json.data as object)).toEqual(['__proto__', 'constructor']);
});

describe('mutations', () => {
  test('run one after the other, each with what it needs, and stop where the data is null already', async () => {
    const shop = openShop({
      catalogue: async ({ query }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (query.includes('fail')) {
          return { data: null, errors: [{ message: 'failed', path: ['fail'], extensions: { code: 'TOO_LATE' } }] };
        }
        return { data: query.includes('rename') ? { rename: { ...items[0] } } : { one: 1, two: 2, add: 3 } };
      },
      stock,
    });
    const ran = await shop.run('mutation { one: add(n: 1) rename { level } two: add(n: 2) }');
    expect(ran.json.data).toEqual({ one: 1, rename: { level: 10 }, two: 2 });
    expect(shop.sent.map(({ subgraph }) => subgraph)).toEqual(['catalogue', 'catalogue', 'stock', 'catalogue']);
    shop.sent.length = 0;
    const stopped = await shop.run('mutation { one: add(n: 1) fail two: add(n: 2) }');
    expect(stopped.json).toMatchObject({ data: null, errors: [{ message: 'failed', path: ['fail'] }] });
    expect(shop.sent).toHaveLength(2);
  });
});

describe('variables', () => {
  test('that do not fit refuse the operation before anything is sent', async () => {
    const shop = openShop({ catalogue: () => ({}), stock });
    const plan = await shop.plan('mutation($n: Int!) { add(n: $n) }');
    for (const [variables, message] of [
      [{}, /was not provided/],
      [{ n: null }, /must not be null/],
      [{ n: 'x' }, /invalid value/],
    ] as const) {
      const { body, hasData } = await executePlan(plan, shop.context({ variables }));
      expect(hasData).toBe(false);
      expect(JSON.parse(body)).toMatchObject({
        errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    expect(shop.sent).toHaveLength(0);
  });

  test('decide conditions, and what is left out is not fetched', async () => {
    const shop = openShop({ catalogue: () => ({ data: { item: { ...items[0] } } }), stock });
    const plan = await shop.plan('query($with: Boolean!) { item { name level @include(if: $with) } }');
    for (const isWith of [true, false, true]) {
      const { body } = await executePlan(plan, shop.context({ variables: { with: isWith } }));
      expect(JSON.parse(body).data).toEqual({ item: isWith ? { name: 'n1', level: 10 } : { name: 'n1' } });
    }
    expect(shop.sent.filter(({ subgraph }) => subgraph === 'stock')).toHaveLength(2);
  });
});

test('introspection and data stand in one answer, in the order of the document', async () => {
  const shop = openShop({ catalogue: () => ({ data: { item: items[0] } }), stock });
  const { body } = await shop.run(
    'query($t: String = "Kind") { t: __type(name: $t) { enumValues { name } } item { name } __typename __schema { queryType { name } } }',
  );
  expect(body).toBe(
    '{"data":{"t":{"enumValues":[{"name":"A"},{"name":"B"}]},"item":{"name":"n1"},"__typename":"Query","__schema":{"queryType":{"name":"Query"}}}}',
  );
});

test('an operation that is given up rejects with the reason, and its subgraph hears of it', async () => {
  const heard = Promise.withResolvers<void>();
  const leaving = new AbortController();
  const shop = openShop({
    catalogue: ({ signal }) => {
      signal.addEventListener('abort', () => heard.resolve());
      leaving.abort(new Error('left'));
      return new Promise(() => undefined);
    },
    stock,
  });
  await expect(shop.run('{ item { name } }', { signal: leaving.signal })).rejects.toThrow('left');
  await heard.promise;
});

test('a subscription is planned as a primary and what enriches its events', async () => {
  const shop = openShop({ catalogue: () => ({}), stock });
  const plan = await shop.plan('subscription { changed { name level } }');
  expect(plan.subscription?.fetch).toMatchObject({ serviceName: 'catalogue', kind: 'subscription' });
  const { body } = await executePlanFrom(plan, { changed: { ...items[1] } }, shop.context());
  expect(JSON.parse(body)).toEqual({ data: { changed: { name: 'n2', level: 20 } } });
});
