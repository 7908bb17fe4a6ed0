import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenImport, openImport } from './open-import.ts';

let files: OpenImport;
beforeAll(async () => {
  files = await openImport();
});
afterAll(() => files.close());
beforeEach(() => files.clear());

/** Faults as in a real feed of furniture: a byte order mark, semicolons, decimal commas, lost zeros, an item in two categories, padding. */
const furniture = [
  '\uFEFFX1;item_id;name;category;price;old_price;sellable_online;link;short_description;designer;depth;height;width',
  '0;397736;NORRA;Bar furniture;395,0;No old price;TRUE;https://x;Bar stool,          with backrest;K Holm;;;50',
  '1;90420332;FREK;Bar furniture;2176,0;SR 2,375;TRUE;https://x;Bar table;904.203.32 A description that strayed here;45;;',
  '2;397736;NORRA;Chairs;395,0;No old price;TRUE;https://x;Bar stool,          with backrest;K Holm;;;50',
  '3;10000001;LACK;Tables;abc;No old price;TRUE;https://x;Table;;;;',
  '4;10000002;HIDE;Tables;10,0;SR 9/4 pack;FALSE;https://x;Table;;;;',
].join('\n');

describe('products', () => {
  test('of a hostile feed: zeros restored, amounts in riyals, categories joined, every row accounted for', async () => {
    const { report, lines } = await files.run('products', furniture, { channel: 'saudi' });
    expect(report.mapping).toBe('ikea');
    expect(report.rows).toEqual({ read: 5, taken: 3, merged: 1, refused: 1 });
    expect(lines).toEqual([
      { line: 4, outcome: 'merged', into: 2 },
      { line: 5, outcome: 'refused', reason: 'no amount, or not readable as one' },
    ]);
    const found =
      await files.database.query(`select sku, product.title, amount_minor, compare_at_minor, lowest_price_minor,
        array(select category_id from products.product_category where product_id = product.id order by 1) as categories,
        array(select name || ' ' || value from products.product_attribute where product_id = product.id order by position) as attributes
      from products.variant join products.product on product.id = product_id
      left join products.price using (sku) left join products.listing using (product_id) order by sku`);
    expect(found).toEqual([
      {
        sku: '00397736',
        title: 'NORRA, Bar stool, with backrest',
        amount_minor: 39_500,
        compare_at_minor: null,
        lowest_price_minor: 39_500,
        categories: ['bar-furniture', 'chairs'],
        attributes: ['Designer K Holm', 'Width 50 cm'],
      },
      {
        sku: '10000002',
        title: 'HIDE, Table',
        amount_minor: null,
        compare_at_minor: null,
        lowest_price_minor: null,
        categories: ['tables'],
        attributes: [],
      },
      {
        sku: '90420332',
        title: 'FREK, Bar table',
        amount_minor: 217_600,
        compare_at_minor: 237_500,
        lowest_price_minor: 217_600,
        categories: ['bar-furniture'],
        attributes: ['Depth 45 cm'],
      },
    ]);
  });

  test('the same again changes nothing; one price that changed changes one product', async () => {
    await files.run('products', furniture, { channel: 'saudi' });
    const stamps = () => files.database.query('select id, version, updated_at from products.product order by id');
    const before = await stamps();
    const again = await files.run('products', furniture, { channel: 'saudi' });
    expect(again.report.records).toEqual({ products: { created: 0, changed: 0, unchanged: 3, refused: 0 } });
    expect(await stamps()).toEqual(before);
    const dearer = await files.run('products', furniture.replaceAll('2176,0', '2200,0'), { channel: 'saudi' });
    expect(dearer.report.records).toEqual({ products: { created: 0, changed: 1, unchanged: 2, refused: 0 } });
    expect(
      await files.database.query(`select lowest_price_minor from products.listing join products.product on product.id = product_id
      where source_key = '90420332'`),
    ).toEqual([{ lowest_price_minor: 220_000 }]);
  });

  test('amounts in another currency than the channel sells in are not taken for its own', async () => {
    await expect(files.run('products', furniture, { channel: 'web' })).rejects.toThrow('amounts in SAR');
    await expect(files.run('products', furniture, { channel: 'nowhere' })).rejects.toThrow(
      'There is no channel nowhere',
    );
  });

  test('rows of our plain form that stand together are variants of one product', async () => {
    const text = [
      'product,sku,title,gtin,price,compare_at,category,size,image',
      'shirt,SHIRT-S,Shirt,4006381333931,10.00,12.00,Clothes > Shirts,S,https://example.org/a.jpg',
      'shirt,SHIRT-L,Shirt,,11.00,,Clothes > Shirts,L,',
      'cap,CAP,Cap,4006381333932,5.00,,Clothes,,',
      'hat,HAT SIZE 1,Hat,,5.00,,,,',
      'fez,FEZ,,,5.00,,,,',
    ].join('\n');
    const { report, lines } = await files.run('products', text, { channel: 'web' });
    expect(report.rows).toEqual({ read: 5, taken: 2, merged: 0, refused: 3 });
    expect(lines.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'a GTIN whose check digit is wrong'],
      [5, 'SKU: not 1 to 64 printable ASCII characters without a space'],
      [6, 'title: missing'],
    ]);
    expect(
      await files.database.query(`select sku, gtin, title, options, position from products.variant order by position`),
    ).toEqual([
      {
        sku: 'SHIRT-S',
        gtin: '4006381333931',
        title: 'Shirt, S',
        options: [{ name: 'Size', value: 'S' }],
        position: 0,
      },
      { sku: 'SHIRT-L', gtin: null, title: 'Shirt, L', options: [{ name: 'Size', value: 'L' }], position: 1 },
    ]);
    expect(await files.database.query('select id, parent_id from products.category order by id')).toEqual([
      { id: 'clothes', parent_id: null },
      { id: 'shirts', parent_id: 'clothes' },
    ]);
    expect(await files.database.query('select lowest_price_minor from products.listing')).toEqual([
      { lowest_price_minor: 1_000 },
    ]);
  });

  test('a source does not take over what is another product', async () => {
    await files.run('products', 'product,sku,title,gtin\na,A,First,4006381333931\n', { channel: 'web' });
    const text = 'product,sku,title,gtin\nb,A,Second,\nc,C,Third,04006381333931\nd,D,Fourth,\n';
    const { report, lines } = await files.run('products', text, { channel: 'web' });
    expect(lines.map(({ reason }) => reason)).toEqual(['SKU: another product has it', 'GTIN: another variant has it']);
    expect(report.rows).toEqual({ read: 3, taken: 1, merged: 0, refused: 2 });
  });

  test('two rows of one batch with one GTIN: the first has it, the second is refused', async () => {
    const text = 'product,sku,title,gtin\na,A,First,4006381333931\nb,B,Second,4006381333931\n';
    const { lines } = await files.run('products', text, { channel: 'web' });
    expect(lines).toEqual([{ line: 3, outcome: 'refused', reason: 'GTIN: another variant has it', key: 'b' }]);
  });

  test("a mapping of one's own reads food by its barcode, in any script", async () => {
    const mapping = join(files.folder, 'food.yaml');
    await writeFile(
      mapping,
      'name: food\nabout: food\nsource: food\ncolumns: [code, name]\nproducts:\n  { key: code, sku: code, gtin: code, title: { from: name, as: [decodeEntities] } }\n',
    );
    const rows = [
      '4006381333931|Müsli &amp; Obst',
      '4901777018884|緑茶',
      '0000000000031|Cacao',
      '123|Kurz',
      '96385074|',
      '9638507\u0000|Null',
    ];
    const text = rows.map((row) => JSON.stringify({ code: row.split('|')[0], name: row.split('|')[1] })).join('\n');
    const { report, lines } = await files.run('products', text, { mapping });
    expect(lines.map(({ line }) => line)).toEqual([4, 5, 6]);
    expect(report.notes).toContain('No channel was named (--channel): listings and prices were not taken');
    expect(await files.database.query('select title, handle from products.product order by source_key')).toEqual([
      { title: 'Cacao', handle: 'cacao-0000000000031' },
      { title: 'Müsli & Obst', handle: 'musli-obst-4006381333931' },
      { title: '緑茶', handle: '4901777018884' },
    ]);
  });
});
