import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRows } from '../../import/read/read-rows.ts';
import { isBroken } from '../../import/read/row.ts';
import { sniffFile } from '../../import/read/sniff-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oneshelf-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { signal } = new AbortController();

async function read(content: string | Buffer, columns: readonly string[] = ['a', 'b']) {
  const file = join(folder, 'file');
  await writeFile(file, content);
  const rows: unknown[] = [];
  for await (const row of readRows(file, await sniffFile(file), signal)) {
    rows.push(isBroken(row) ? row : [row.line, ...columns.map((column) => row.read(column))]);
  }
  return rows;
}

describe('CSV', () => {
  test('semicolons after a byte order mark, with Windows line ends', async () => {
    expect(await read('\uFEFFa;b\r\n1;"x;y"\r\n2;z\r\n')).toEqual([
      [2, '1', 'x;y'],
      [3, '2', 'z'],
    ]);
  });

  test('gzip is known by its bytes, whatever the file is called', async () => {
    expect(await read(gzipSync('a\tb\n1\t2\n'))).toEqual([[2, '1', '2']]);
  });

  test('UTF-16 and Windows-1252 are read as what they are', async () => {
    expect(await read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a,b\nü,1\n', 'utf16le')]))).toEqual([
      [2, 'ü', '1'],
    ]);
    expect(await read(Buffer.from('a,b\ncaf\xe9,1\n', 'latin1'))).toEqual([[2, 'café', '1']]);
  });

  test('a row has the number of the line it begins on, also after a field of several lines', async () => {
    expect(await read('a,b\n1,"x\ny\nz"\n2,w\n')).toEqual([
      [2, '1', 'x\ny\nz'],
      [5, '2', 'w'],
    ]);
  });

  test('rows with too few or too many fields are broken, quotes astray are text; no row is lost', async () => {
    expect(await read('a,b\n1\n2,3,4\n5,6\n7,"8"9\n1"0,11\n12,13\n')).toEqual([
      { line: 2, problem: '1 fields where the header has 2' },
      { line: 3, problem: '3 fields where the header has 2' },
      [4, '5', '6'],
      [5, '7', '"8"9'],
      [6, '1"0', '11'],
      [7, '12', '13'],
    ]);
  });

  test('a quote that is never closed does not swallow a file of any size into memory', async () => {
    await expect(read(`a,b\n1,"${'x,\n'.repeat(1_000_000)}`)).rejects.toThrow(/record/i);
  });

  test('whatever is written as CSV is read again', async () => {
    const field = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !text.includes('\r') && !text.includes('\uFEFF'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 20 }), async (rows) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = `a,b\n${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`;
        const found = (await read(text)) as unknown[][];
        expect(found.map((row) => row.slice(1))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });
});

describe('NDJSON', () => {
  test('inner values are read by path; lines that hold no object are broken', async () => {
    const text = '{"a": 1, "b": {"c": "x"}}\n[1]\nnot json\n\n{"a": true}';
    expect(await read(text, ['a', 'b.c'])).toEqual([
      [1, 1, 'x'],
      { line: 2, problem: 'not a JSON object' },
      { line: 3, problem: 'not a JSON object' },
      [5, true, undefined],
    ]);
  });

  test('a line of over a megabyte is refused, the next is read', async () => {
    expect(await read(`{"a": 0}\n{"a": "${'x'.repeat(3_000_000)}"}\n{"a": 2}\n`, ['a'])).toEqual([
      [1, 0],
      { line: 2, problem: 'a line of over 1 MiB' },
      [3, 2],
    ]);
  });

  test('names of a prototype are no columns', async () => {
    expect(await read('{"a": 1}\n', ['constructor.name', '__proto__'])).toEqual([[1, undefined, undefined]]);
  });
});

describe('files that cannot be read', () => {
  test('say so: empty, one JSON array, missing', async () => {
    await expect(read('')).rejects.toThrow('is empty');
    await expect(read('[{"a": 1}]')).rejects.toThrow('NDJSON');
    await expect(sniffFile(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });

  test('a gzip file that is cut off gives its rows, then an error', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `${index},${Math.sin(index)}`);
    const whole = gzipSync(`a,b\n${lines.join('\n')}\n`);
    await expect(read(whole.subarray(0, whole.length - 1_000))).rejects.toThrow('cut off or damaged');
  });

  test('bytes that turn out not to be UTF-8 are no question marks', async () => {
    const late = Buffer.concat([Buffer.from(`a,b\n${'1,2\n'.repeat(100_000)}`), Buffer.from('caf\xe9,1\n', 'latin1')]);
    await expect(read(late)).rejects.toThrow('encoding: windows-1252');
  });
});
