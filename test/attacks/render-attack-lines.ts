import { readFile, writeFile } from 'node:fs/promises';
import { renderAttackLines } from './attack-lines.ts';

// `node test/attacks/render-attack-lines.ts` writes the table of test/attacks/README.md.
const readme = new URL('README.md', import.meta.url);
const text = await readFile(readme, 'utf8');
await writeFile(readme, `${text.slice(0, text.indexOf('## '))}${renderAttackLines()}`);
