import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attackSections, renderAttackLines } from './attack-lines.ts';

const root = new URL('../../', import.meta.url);
const attackLines = Object.values(attackSections).flat();

test.each(attackLines.map((line) => [line.id, line] as const))('%s is tested where it is said to be', (_id, line) => {
  expect(line.tests.length).toBeGreaterThan(0);
  for (const [file, words] of line.tests) expect(readFileSync(new URL(file, root), 'utf8'), file).toContain(words);
});

test('no line stands twice, and none is lost', () => {
  const ids = attackLines.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(94);
});

test('the table in README.md is this one (node test/attacks/render-attack-lines.ts writes it)', () => {
  const text = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  expect(text.slice(text.indexOf('## '))).toBe(renderAttackLines());
});
