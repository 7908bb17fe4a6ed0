/**
 * How much the request guard works for documents and variables of every nasty family, against their size.
 * `node bench/limiter/run.ts [--write]` prints a table; `--write` puts it into bench/README.md.
 */
import { nastyFamilies } from '../../test/fuzz/documents/nasty-documents.ts';
import { measureGuardMs, ofLength, variableFamilies } from '../../test/fuzz/measure-guard.ts';
import { describeMachine } from '../rig/report/describe-machine.ts';
import { format, toLine } from '../rig/report/markdown.ts';
import { writeReadme } from '../rig/report/write-readme.ts';

const sizes = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
/** From here to the largest is four times as far. */
const from = 8_000;
const runs = 40;

interface Row {
  readonly name: string;
  /** One for each size. */
  readonly ms: readonly number[];
}

const documents = Object.entries(nastyFamilies).map(([name, family]) => ({
  name,
  measure: (size: number) => measureGuardMs(ofLength(family, size), undefined, runs),
}));
const variables = Object.entries(variableFamilies).map(([name, family]) => ({
  name: `variables: ${name}`,
  measure: (size: number) => measureGuardMs('{__typename}', family(size / 4), runs),
}));
const families = [...documents, ...variables];

// All of it once before, so that every family meets compiled code.
for (const { measure } of families) measure(from);
const rows: readonly Row[] = families
  .map(({ name, measure }) => ({ name, ms: sizes.map(measure) }))
  .sort((a, b) => (b.ms.at(-1) ?? 0) - (a.ms.at(-1) ?? 0));

const report = [
  `${describeMachine()}. Milliseconds for one document that the guard has not seen, the least of ${runs}; the last column is the growth from`,
  `${label(from)} to ${label(4 * from)}, where 4 is linear and 16 a square. The limit is ${label(16_000)} characters.`,
  '',
  ...toTable(rows),
  '',
  ...toChart(rows.slice(0, 5)),
].join('\n');

process.stdout.write(`${report}\n`);
if (process.argv.includes('--write')) await writeReadme('limiter', report);

function label(size: number): string {
  return size.toLocaleString('en');
}

function toTable(all: readonly Row[]): string[] {
  const at = sizes.indexOf(from);
  return [
    toLine(['family', ...sizes.map(label), 'growth']),
    `|---|${'--:|'.repeat(sizes.length + 1)}`,
    ...all.map(({ name, ms }) => {
      const [before = Number.NaN, after = Number.NaN] = [ms[at], ms.at(-1)];
      // Below a twentieth of a millisecond the clock is what grows.
      return toLine([name, ...ms.map(format), before < 0.05 ? '–' : format(after / before)]);
    }),
  ];
}

/** The dearest families; lines from top to bottom in the order of the table. */
function toChart(dearest: readonly Row[]): string[] {
  const most = Math.max(...dearest.flatMap(({ ms }) => ms));
  return [
    '```mermaid',
    'xychart-beta',
    `  title "Guard, ms against characters: ${dearest.map(({ name }) => name).join(', ')}"`,
    `  x-axis "characters" [${sizes.join(', ')}]`,
    `  y-axis "ms" 0 --> ${Math.ceil(most)}`,
    ...dearest.map(({ ms }) => `  line [${ms.map((value) => value.toFixed(2)).join(', ')}]`),
    '```',
  ];
}
