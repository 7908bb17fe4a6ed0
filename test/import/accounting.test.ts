import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { header } from './invoices.ts';
import { type OpenImport, openImport } from './open-import.ts';

let files: OpenImport;
beforeAll(async () => {
  files = await openImport();
});
afterAll(() => files.close());

const sku = fc.constantFrom('10001', '10002A', '10002a', 'POST', 'DCGS0003', 'M', '');
const row = fc
  .record({
    number: fc.integer({ min: 1, max: 6 }),
    isCredit: fc.boolean(),
    sku,
    title: fc.constantFrom('RED MUG', 'BLUE MUG', 'damaged', '?', ''),
    quantity: fc.constantFrom('1', '2', '5', '-1', '-2', '0', 'x'),
    day: fc.integer({ min: 1, max: 5 }),
    price: fc.constantFrom('1.50', '2.00', '0.0', '-3', '0.001'),
    customer: fc.constantFrom('17850.0', '13047.0', ''),
  })
  .map((r) => {
    const number = `${r.isCredit ? 'C' : ''}${100 + r.number}`;
    return `${number},${r.sku},${r.title},${r.quantity},2011-06-0${r.day} 10:00:00,${r.price},${r.customer},France`;
  });

test('whatever a file holds: each row is accounted for once, books balance, and a second run changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      await files.clear();
      const text = `${header}\n${rows.join('\n')}\n`;
      const { report, lines } = await files.run('orders', text);
      expect(report.rows.read).toBe(rows.length);
      expect(report.rows.taken + report.rows.merged + report.rows.refused).toBe(rows.length);
      expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
      expect(lines).toHaveLength(report.rows.merged + report.rows.refused);

      expect(await countBroken()).toEqual([{ totals: 0, returned: 0, refunds: 0, strangers: 0, statuses: 0 }]);
      const before = await files.database.query('select id, version, status from orders."order" order by id');
      const again = await files.run('orders', text);
      expect(again.report.rows).toEqual(report.rows);
      expect(await files.database.query('select id, version, status from orders."order" order by id')).toEqual(before);
    }),
    { numRuns: 20 },
  );
}, 120_000);

/** How many orders and returns break a rule. */
function countBroken() {
  return files.database.query(`select
    (select count(*) from orders."order" where total_minor <> (select sum(quantity * unit_price_minor) from orders.order_line where order_id = "order".id)) as totals,
    (select count(*) from orders.order_line where quantity < (select sum(quantity) from orders.return_line
       where (return_line.order_id, line_position) = (order_line.order_id, order_line.position))) as returned,
    (select count(*) from orders."return" where refund_minor <> (select sum(return_line.quantity * unit_price_minor) from orders.return_line
       join orders.order_line on (order_line.order_id, order_line.position) = (return_line.order_id, line_position) where return_id = "return".id)) as refunds,
    (select count(*) from orders.order_line where sku not in (select sku from products.variant)) as strangers,
    (select count(*) from orders."order" where (status = 'RETURNED') <> (
       (select sum(quantity) from orders.order_line where order_id = "order".id)
       = (select coalesce(sum(quantity), 0) from orders.return_line where order_id = "order".id))) as statuses`);
}
