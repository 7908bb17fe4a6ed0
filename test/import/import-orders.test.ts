import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { header, invoices } from './invoices.ts';
import { type OpenImport, openImport } from './open-import.ts';

let files: OpenImport;
beforeAll(async () => {
  files = await openImport();
});
afterAll(() => files.close());
beforeEach(() => files.clear());

const readOrders = () =>
  files.database.query(`select external_reference as reference, status, total_minor, country_code, placed_at, customer_id is null as guest,
      (select value from customers.customer_identity where customer_identity.customer_id = "order".customer_id) as customer,
      array(select concat_ws(' ', sku, quantity, unit_price_minor, title) from orders.order_line where order_id = "order".id order by position) as lines
    from orders."order" order by number`);

const readAll = async () => ({
  orders: await files.database.query('select * from orders."order" order by id'),
  returns: await files.database.query('select * from orders."return" order by id'),
  returnLines: await files.database.query('select * from orders.return_line order by return_id, position'),
  events: await files.database.query('select * from orders.order_event order by id'),
  interactions: await files.database.query('select * from customers.interaction order by id'),
  customers: await files.database.query('select * from customers.customer order by id'),
});

describe('orders', () => {
  test('every row of a dirty file is taken, merged or refused, with its line and reason', async () => {
    const { report, lines } = await files.run('orders', invoices);
    expect(report.mapping).toBe('uci-online-retail');
    expect(report.rows).toEqual({ read: 22, taken: 9, merged: 1, refused: 12 });
    const told = new Map(lines.map(({ line, into, reason }) => [line, into ?? reason]));
    const notGoods = 'not goods: postage, carriage, discounts, vouchers, samples, fees and manual entries';
    const correction = 'a correction of stock, not a sale: the price is 0 or below';
    const notOrdered = 'a return of something the customer had not ordered at that price';
    expect([...told].sort(([a], [b]) => a - b)).toEqual([
      [3, 2],
      [5, notGoods],
      [7, correction],
      [8, correction],
      [9, notGoods],
      [14, 'a return of more than the customer had ordered at that price'],
      [15, notOrdered],
      [16, 'a return without a customer: nothing says which order it belongs to'],
      [19, notOrdered],
      [20, 'time: not readable'],
      [21, 'quantity: not a whole number'],
      [22, 'an amount finer than GBP has units'],
      [23, 'a return of a customer without an order'],
    ]);
    expect(report.refusals.find(({ reason }) => reason === notGoods)).toEqual({
      reason: notGoods,
      rows: 2,
      amount: '-11044.06 GBP',
    });
  });

  test('orders have the true totals, customers, times in UTC, and whole invoices however their rows are scattered', async () => {
    await files.run('orders', invoices);
    expect(await readOrders()).toEqual([
      {
        reference: '100001',
        status: 'RETURNED',
        total_minor: 12 * 255 + 2 * 339,
        country_code: 'GB',
        placed_at: new Date('2011-06-01T09:00:00Z'),
        guest: false,
        customer: '17850',
        lines: ['85123A 12 255 White Heart', '71053 2 339 White Metal Lantern'],
      },
      {
        reference: '100002',
        status: 'FULFILLED',
        total_minor: 590,
        country_code: 'FR',
        placed_at: new Date('2011-06-01T10:00:00Z'),
        guest: true,
        customer: null,
        lines: ['85123A 2 295 White Hanging Heart'],
      },
      {
        reference: '100005',
        status: 'FULFILLED',
        total_minor: 1650 + 339,
        country_code: 'IE',
        placed_at: new Date('2011-06-02T08:59:00Z'),
        guest: false,
        customer: '13047',
        lines: ['20725 10 165 Lunch Bag', '71053 1 339 White Metal Lantern'],
      },
      {
        reference: '100006',
        status: 'RETURNED',
        total_minor: 660,
        country_code: 'IE',
        placed_at: new Date('2011-06-03T09:00:00Z'),
        guest: false,
        customer: '13047',
        lines: ['20725 4 165 Lunch Bag'],
      },
    ]);
  });

  test('what comes back is matched with the latest order first, then with the one before', async () => {
    await files.run('orders', invoices);
    const returns =
      await files.database.query(`select "return".external_reference as note, "order".external_reference as reference,
        refund_minor, array(select line_position || ' ' || quantity from orders.return_line where return_id = "return".id order by position) as lines
      from orders."return" join orders."order" on "order".id = order_id order by 1, 2`);
    expect(returns).toEqual([
      { note: 'C100007', reference: '100005', refund_minor: 330, lines: ['0 2'] },
      { note: 'C100007', reference: '100006', refund_minor: 660, lines: ['0 4'] },
      { note: 'C100011', reference: '100001', refund_minor: 3738, lines: ['0 12', '1 2'] },
    ]);
    expect(
      await files.database.query(`select kind, summary from customers.interaction order by occurred_at, kind, summary`),
    ).toEqual([
      { kind: 'ORDERED', summary: 'Ordered 14 items for 37.38 GBP' },
      { kind: 'ORDERED', summary: 'Ordered 11 items for 19.89 GBP' },
      { kind: 'ORDERED', summary: 'Ordered 4 items for 6.60 GBP' },
      { kind: 'RETURNED', summary: 'Returned 2 items, 3.30 GBP given back' },
      { kind: 'RETURNED', summary: 'Returned 4 items, 6.60 GBP given back' },
      { kind: 'RETURNED', summary: 'Returned 14 items, 37.38 GBP given back' },
    ]);
  });

  test('products are made of the sales: the most frequent title and price, and no line without a product', async () => {
    await files.run('orders', invoices);
    expect(
      await files.database.query(`select sku, product.title, amount_minor from products.variant
      join products.product on product.id = product_id left join products.price using (sku) order by sku`),
    ).toEqual([
      { sku: '20725', title: 'Lunch Bag', amount_minor: 165 },
      { sku: '71053', title: 'White Metal Lantern', amount_minor: 339 },
      { sku: '85123A', title: 'White Heart', amount_minor: 255 },
    ]);
    expect(
      await files.database.query(`select sku from orders.order_line except select sku from products.variant`),
    ).toEqual([]);
  });

  test('the same file again: nothing new, nothing changed, the same account', async () => {
    const first = await files.run('orders', invoices);
    const before = await readAll();
    const second = await files.run('orders', invoices);
    expect(await readAll()).toEqual(before);
    expect(second.report.rows).toEqual(first.report.rows);
    expect(second.lines).toEqual(first.lines);
    expect(second.report.records).toEqual({
      products: { created: 0, changed: 0, unchanged: 3, refused: 0 },
      orders: { created: 0, changed: 0, unchanged: 4, refused: 0 },
      'return lines': { created: 0, changed: 0, unchanged: 3, refused: 5 },
    });
  });

  test('a run that dies between two owners is repaired by the next', async () => {
    await files.run('orders', invoices);
    const whole = await readAll();
    await files.clear();
    const dying = {
      ...files.takers,
      customers: { ...files.takers.customers, recordInteractions: () => Promise.reject(new Error('the power went')) },
    };
    await expect(files.run('orders', invoices, { takers: dying })).rejects.toThrow('the power went');
    expect(await files.database.query('select count(*) from orders."order"')).toEqual([{ count: 4 }]);
    expect(await files.database.query('select count(*) from customers.interaction')).toEqual([{ count: 0 }]);
    await files.run('orders', invoices);
    const repaired = await readAll();
    expect(repaired.interactions).toHaveLength(whole.interactions.length);
    expect(repaired.orders.map(({ status, total_minor }) => [status, total_minor]).sort()).toEqual(
      whole.orders.map(({ status, total_minor }) => [status, total_minor]).sort(),
    );
    expect(repaired.events).toHaveLength(whole.events.length);
  });

  test('an order that changed in the file is replaced under its number, unless something of it came back', async () => {
    await files.run('orders', invoices);
    const numbers = () =>
      files.database.query(
        `select id, number from orders."order" where external_reference in ('100002', '100001') order by 1`,
      );
    const before = await numbers();
    const text = [
      header,
      '100002,85123A,WHITE HANGING HEART,3,2011-06-01 11:00:00,2.95,,France',
      '100001,85123A,WHITE HEART,99,2011-06-01 10:00:00,2.55,17850.0,United Kingdom',
    ].join('\n');
    const { report, lines } = await files.run('orders', text);
    expect(report.records.orders).toEqual({ created: 0, changed: 1, unchanged: 0, refused: 1 });
    expect(lines).toEqual([
      {
        line: 3,
        outcome: 'refused',
        reason: 'the order is kept with other lines, and something of it came back',
        key: '85123A',
      },
    ]);
    expect(await numbers()).toEqual(before);
    expect((await readOrders()).find(({ reference }) => reference === '100002')).toMatchObject({ total_minor: 885 });
  });

  test('a credit note that was too early finds its order when that comes', async () => {
    const note = 'C2,20725,LUNCH BAG,-2,2011-06-04 10:00:00,1.65,13047.0,EIRE';
    const orders = [header, '1,20725,LUNCH BAG,3,2011-06-02 10:00:00,1.65,13047.0,EIRE'];
    const early = await files.run('orders', [header, note].join('\n'));
    expect(early.report.rows).toEqual({ read: 1, taken: 0, merged: 0, refused: 1 });
    const late = await files.run('orders', [...orders, note].join('\n'));
    expect(late.report.rows).toEqual({ read: 2, taken: 2, merged: 0, refused: 0 });
  });

  test('two imports of one file at once make one of everything', async () => {
    await Promise.all([files.run('orders', invoices), files.run('orders', invoices)]);
    expect(await readOrders()).toHaveLength(4);
    expect(await files.database.query('select count(*) from customers.customer')).toEqual([{ count: 2 }]);
    expect(await files.database.query('select count(*) from orders."return"')).toEqual([{ count: 3 }]);
  });

  test('orders of our plain form name channel and place; unknown ones are refused', async () => {
    await files.run('products', 'product,sku,title,price\nx,X,Thing,5.00\n', { channel: 'pos' });
    const text = [
      'channel,reference,placed_at,sku,quantity,unit_price,location,method,email,kind',
      'pos,1,2011-08-01T12:00:00+02:00,X,1,5.00,warehouse-coventry,IN_STORE,Ann@Example.org,',
      'pos,2,2011-08-01T12:00:00Z,Y,1,5.00,warehouse-coventry,IN_STORE,,',
      'moon,3,2011-08-01T12:00:00Z,X,1,5.00,warehouse-coventry,IN_STORE,,',
      'pos,4,2011-08-01T12:00:00Z,X,1,5.00,nowhere,IN_STORE,,',
      'pos,5,2011-08-01T12:00:00Z,X,1,5.00,warehouse-coventry,BY_OWL,,',
      'pos,6,2011-08-02T12:00:00Z,X,1,5.00,warehouse-coventry,IN_STORE,ann@example.org,return',
    ].join('\n');
    const { report, lines } = await files.run('orders', text);
    expect(report.rows).toEqual({ read: 6, taken: 2, merged: 0, refused: 4 });
    expect(lines.map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [3, 'SKU: unknown'],
      [4, 'channel: unknown'],
      [5, 'location: unknown'],
      [6, 'method: none of SHIPPING, PICKUP, IN_STORE'],
    ]);
    const [order] =
      await files.database.query(`select placed_at, currency_code, "order".status, email, fulfillment.status as handed from orders."order"
      join orders.fulfillment on order_id = "order".id`);
    expect(order).toEqual({
      placed_at: new Date('2011-08-01T10:00:00Z'),
      currency_code: 'USD',
      status: 'RETURNED',
      email: 'ann@example.org',
      handed: 'HANDED_OVER',
    });
  });

  test('an order of our plain form comes in as far as it is, and goes on with the next file', async () => {
    await files.run('products', 'product,sku,title,price\nx,X,Thing,5.00\n', { channel: 'pos' });
    const columns = 'channel,reference,placed_at,sku,quantity,unit_price,location,method,status,status_at';
    const bring = async (status: string, statusAt = '') => {
      const row = `pos,1,2011-08-01T12:00:00Z,X,2,5.00,warehouse-coventry,PICKUP,${status},${statusAt}`;
      return (await files.run('orders', `${columns}\n${row}\n`)).report.records.orders;
    };
    const read = () =>
      files.database.query(`select id, "order".status, version,
          (select status from orders.fulfillment_order where order_id = "order".id) as asked,
          array(select status || ' ' || to_char(created_at at time zone 'utc', 'MM-DD') from orders.fulfillment where order_id = "order".id) as left,
          array(select kind || ' ' || to_char(at at time zone 'utc', 'MM-DD') from orders.order_event where order_id = "order".id order by at, id) as events
        from orders."order"`);
    expect(await bring('PLACED')).toMatchObject({ created: 1 });
    const [first] = await read();
    expect(first).toMatchObject({ status: 'PLACED', asked: 'REQUESTED', left: [], events: ['PLACED 08-01'] });
    expect(await bring('PLACED')).toMatchObject({ unchanged: 1 });
    expect(await bring('FULFILLED', '2011-08-03T12:00:00Z')).toMatchObject({ changed: 1 });
    const done = { status: 'FULFILLED', asked: 'DONE', left: ['HANDED_OVER 08-03'], version: 2 };
    expect(await read()).toEqual([{ ...first, ...done, events: ['PLACED 08-01', 'DELIVERED 08-03'] }]);
    expect(await bring('')).toMatchObject({ unchanged: 1 });
    expect(await bring('CANCELLED')).toMatchObject({ refused: 1 });
    const { lines } = await files.run(
      'orders',
      `${columns}\npos,2,2011-08-01T12:00:00Z,X,1,5.00,warehouse-coventry,PICKUP,LOST,\n`,
    );
    expect(lines).toMatchObject([{ reason: 'status: none of PLACED, FULFILLED, CANCELLED' }]);
    // Brought into a database that never had it, it gets the same id.
    await files.database.query('truncate orders."order" cascade');
    await bring('PLACED');
    expect(await read()).toMatchObject([{ id: first?.id, version: 1 }]);
  });

  test('a share of orders that is dealt to other channels is always the same', async () => {
    const many = Array.from(
      { length: 200 },
      (_, index) => `${500_000 + index},20725,LUNCH BAG,1,2011-06-02 10:00:00,1.65,,EIRE`,
    );
    const deal = [
      { channel: 'web', percent: 70 },
      { channel: 'app', percent: 30 },
    ];
    await files.run('orders', [header, ...many].join('\n'), { channel: deal });
    const again = await files.run('orders', [header, ...many].join('\n'), { channel: deal });
    expect(again.report.records.orders).toMatchObject({ created: 0, unchanged: 200 });
    const [web, app] = await Promise.all(
      ['web', 'app'].map(
        async (id) => (await files.database.query(`select id from orders."order" where channel_id = $1`, [id])).length,
      ),
    );
    expect(web).toBeGreaterThan(100);
    expect(app).toBeGreaterThan(30);
    expect(await files.database.query(`select channel_id from products.price where sku = '20725' order by 1`)).toEqual([
      { channel_id: 'app' },
      { channel_id: 'web' },
    ]);
  });

  test('a file that is brought in for another channel than before makes no order twice', async () => {
    await files.run('orders', invoices, { channel: 'app' });
    const before = await readAll();
    const { report } = await files.run('orders', invoices);
    expect(report.records.orders).toEqual({ created: 0, changed: 0, unchanged: 4, refused: 0 });
    expect(await readAll()).toEqual(before);
    const another = [header, '100002,85123A,WHITE HANGING HEART,3,2011-06-01 11:00:00,2.95,,France'].join('\n');
    const other = await files.run('orders', another);
    expect(other.report.records.orders).toEqual({ created: 1, changed: 0, unchanged: 0, refused: 0 });
  });

  test('a warehouse that the mapping names and nobody has is said before the first row', async () => {
    const without = { ...files.takers, inventory: { ...files.takers.inventory, listLocationIds: async () => [] } };
    await expect(files.run('orders', invoices, { takers: without })).rejects.toThrow(
      'warehouse-coventry, which does not exist',
    );
  });

  test('an import that is told to stop leaves whole orders, and says that it is not complete', async () => {
    const stop = new AbortController();
    const stopping = {
      ...files.takers,
      orders: {
        ...files.takers.orders,
        takeOrders: async (batch: Parameters<OpenImport['takers']['orders']['takeOrders']>[0]) => {
          const taken = await files.takers.orders.takeOrders(batch);
          stop.abort(new Error('told to stop'));
          return taken;
        },
      },
    };
    await expect(files.run('orders', invoices, { takers: stopping, signal: stop.signal })).rejects.toThrow(
      'told to stop',
    );
    const [written] = (await readdir(files.folder))
      .filter((name) => name.endsWith('.json'))
      .sort(byNumber)
      .slice(-1);
    const report: unknown = JSON.parse(await readFile(join(files.folder, written ?? ''), 'utf8'));
    expect(report).toMatchObject({ isComplete: false, problem: 'told to stop' });
    const totals =
      await files.database.query(`select total_minor = (select sum(quantity * unit_price_minor) from orders.order_line
      where order_id = "order".id) as is_whole from orders."order"`);
    expect(totals.every(({ is_whole }) => is_whole === true)).toBe(true);
  });
});

function byNumber(a: string, b: string): number {
  return Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0]);
}
