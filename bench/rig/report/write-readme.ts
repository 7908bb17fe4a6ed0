import { readFile, writeFile } from 'node:fs/promises';

const readme = new URL('../../README.md', import.meta.url);

/** Replaces what stands between `<!-- begin SECTION -->` and `<!-- end SECTION -->` in bench/README.md. Throws when the marks are missing. */
export async function writeReadme(section: string, markdown: string): Promise<void> {
  const [begin, end] = [`<!-- begin ${section} -->`, `<!-- end ${section} -->`];
  const text = await readFile(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`bench/README.md has no section ${section}.`);
  await writeFile(readme, `${text.slice(0, from + begin.length)}\n${markdown}\n${text.slice(to)}`);
}
