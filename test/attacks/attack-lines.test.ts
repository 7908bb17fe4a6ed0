import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attackLines } from './attack-lines.ts';

const root = new URL('../../', import.meta.url);

test.each(attackLines.map((line) => [line.id, line] as const))('%s is tested where it is said to be', (_id, line) => {
  if ('missing' in line) return;
  for (const [file, words] of line.tests) expect(readFileSync(new URL(file, root), 'utf8'), file).toContain(words);
});

test('no line stands twice, and the count of those that are not tested yet only goes down', () => {
  expect(new Set(attackLines.map(({ id }) => id)).size).toBe(attackLines.length);
  const missing = attackLines.flatMap((line) => ('missing' in line ? [line] : []));
  console.table(missing);
  expect(missing.map(({ id }) => id)).toEqual(['A10', 'A25', 'A26']);
});
