import { basename } from 'node:path';
import { openDatabase } from '../db/connect.ts';
import { type ImportKind, importKinds } from '../import/mapping/mapping.ts';
import type { ImportReport } from '../import/report/report.ts';
import { runImport } from '../import/run-import.ts';
import type { ImportProgress } from '../import/runs/run.ts';
import { openTakers } from './open-takers.ts';

export interface ImportCommandOptions {
  readonly mapping?: string;
  readonly channel?: string;
  readonly postal?: string;
  readonly report?: string;
}

/** `oneshelf import KIND FILE`: takes a file in, shows progress on standard error, and says what became of every row. */
export async function importFile(
  kind: string,
  file: string,
  options: ImportCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!isImportKind(kind)) throw new Error(`Nothing is imported as ${kind}; there are ${importKinds.join(', ')}.`);
  const reportFile = options.report ?? `${basename(file)}.${kind}.report.json`;
  const database = await openDatabase({ signal });
  const { takers, close } = openTakers(database);
  try {
    const report = await runImport({
      kind,
      file,
      mapping: options.mapping,
      channel: options.channel,
      postalFile: options.postal,
      reportFile,
      takers,
      signal,
      onProgress: showProgress(),
    });
    tellReport(report, reportFile);
  } finally {
    await close();
    await database.close();
  }
}

function isImportKind(kind: string): kind is ImportKind {
  return importKinds.some((known) => known === kind);
}

/** A line that writes over itself in a terminal, and a line for each tenth elsewhere. */
function showProgress(): (progress: ImportProgress) => void {
  let shown = '';
  return ({ phase, bytesRead, bytesTotal, rowsRead }) => {
    const percent = bytesTotal === 0 ? 100 : Math.min(100, Math.floor((bytesRead / bytesTotal) * 100));
    const step = `${phase} ${process.stderr.isTTY ? percent : percent - (percent % 10)}`;
    if (step === shown) return;
    shown = step;
    const line = `${phase}: ${percent} % (${rowsRead.toLocaleString('en')} rows)`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  };
}

function tellReport(report: ImportReport, reportFile: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const { read, taken, merged, refused } = report.rows;
  const records = Object.entries(report.records).map(
    ([name, counts]) =>
      `  ${name}: ${counts.created} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refused} refused`,
  );
  const refusals = report.refusals.slice(0, 10).map(({ reason, rows }) => `  ${rows} × ${reason}`);
  console.log(
    [
      `Read ${read} rows in ${(report.durationMs / 1_000).toFixed(1)} s (mapping ${report.mapping}): ${taken} taken, ${merged} merged, ${refused} refused.`,
      ...records,
      ...(refusals.length === 0 ? [] : ['Refused most often:', ...refusals]),
      ...report.notes.map((note) => `Note: ${note}`),
      `Report: ${reportFile}${report.linesFile === null ? '' : `, each refused or merged row in ${report.linesFile}`}`,
    ].join('\n'),
  );
}
