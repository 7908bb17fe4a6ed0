import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attackLines } from './attack-lines.ts';

const root = new URL('../../', import.meta.url);

test.each(attackLines.map((line) => [line.id, line] as const))('%s is tested where it is said to be', (_id, line) => {
  for (const [file, words] of line.tests) expect(readFileSync(new URL(file, root), 'utf8'), file).toContain(words);
});

test('no line stands twice', () => {
  expect(new Set(attackLines.map(({ id }) => id)).size).toBe(attackLines.length);
});
