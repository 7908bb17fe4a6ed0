import { createWriteStream, type WriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { formatAmount } from '../convert/read-amount.ts';
import type { ImportKind } from '../mapping/mapping.ts';
import type { Outcome } from '../takers.ts';

/** What became of a file: every row is taken, merged into another, or refused. */
export interface ImportReport {
  readonly file: string;
  readonly kind: ImportKind;
  readonly mapping: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** False when the run broke off; what was taken until then stays, and the next run takes the rest. */
  readonly isComplete: boolean;
  readonly problem: string | null;
  readonly rows: { readonly read: number; readonly taken: number; readonly merged: number; readonly refused: number };
  /** Why rows were refused, the most frequent first; `amount`: the money on them, quantity times price, where they have one. */
  readonly refusals: readonly { readonly reason: string; readonly rows: number; readonly amount: string | null }[];
  /** What the taken rows became. */
  readonly records: Readonly<Record<string, RecordCounts>>;
  /** What people should know, such as values that were left out. */
  readonly notes: readonly string[];
  /** Every row that was refused or merged, as NDJSON; null when no report was asked for. */
  readonly linesFile: string | null;
}

export interface RecordCounts {
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
}

/** The report while it is being written. Must be finished. */
export interface OpenReport {
  countRead(): void;
  take(rows: number): void;
  merge(line: number, into: number): void;
  refuse(line: number, reason: string, key?: string, amountMinor?: number): void;
  countRecord(kind: string, outcome: Outcome['kind'], times?: number): void;
  note(text: string): void;
  readonly rowsRead: number;
  /** Waits until the lines are with the operating system: a slow disk slows the reading, rather than filling memory. */
  flush(): Promise<void>;
  finish(problem?: unknown): Promise<ImportReport>;
}

const maxDistinct = 1_000;
const flushLength = 64 * 1024;

/** Opens a report. With `path` the summary is written there as JSON, and each refused or merged row into PATH.lines.ndjson. */
export function createReport(options: {
  readonly file: string;
  readonly kind: ImportKind;
  readonly mapping: string;
  readonly currency: string | undefined;
  readonly path: string | undefined;
}): OpenReport {
  const startedAt = new Date();
  const rows = { read: 0, taken: 0, merged: 0, refused: 0 };
  const refusals = new Map<string, { rows: number; minor: number | null }>();
  const notes = new Map<string, number>();
  const records: Record<string, RecordCounts> = {};
  const linesFile = options.path === undefined ? null : `${options.path.replace(/\.json$/, '')}.lines.ndjson`;
  const stream: WriteStream | undefined = linesFile === null ? undefined : createWriteStream(linesFile);
  // An error shows when the stream is waited for; without a listener it would end the process.
  stream?.on('error', () => undefined);
  let pending = '';

  const write = (value: object) => {
    if (stream !== undefined) pending += `${JSON.stringify(value)}\n`;
  };
  const flush = async () => {
    if (stream === undefined || pending.length < flushLength) return;
    const piece = pending;
    pending = '';
    await writePiece(stream, piece);
  };

  return {
    get rowsRead() {
      return rows.read;
    },
    countRead: () => {
      rows.read++;
    },
    take: (count) => {
      rows.taken += count;
    },
    merge: (line, into) => {
      rows.merged++;
      write({ line, outcome: 'merged', into });
    },
    refuse: (line, reason, key, amountMinor) => {
      rows.refused++;
      const name = refusals.has(reason) || refusals.size < maxDistinct ? reason : 'other reasons';
      const known = refusals.get(name) ?? { rows: 0, minor: null };
      refusals.set(name, {
        rows: known.rows + 1,
        minor: amountMinor === undefined ? known.minor : (known.minor ?? 0) + amountMinor,
      });
      write({ line, outcome: 'refused', reason, ...(key === undefined || key === '' ? {} : { key }) });
    },
    countRecord: (kind, outcome, times = 1) => {
      records[kind] ??= { created: 0, changed: 0, unchanged: 0, refused: 0 };
      records[kind][outcome] += times;
    },
    note: (text) => {
      if (notes.has(text) || notes.size < maxDistinct) notes.set(text, (notes.get(text) ?? 0) + 1);
    },
    flush,
    finish: async (problem) => {
      if (stream !== undefined) {
        if (pending !== '') await writePiece(stream, pending);
        stream.end();
        await finished(stream);
      }
      const { file, kind, mapping, path, currency } = options;
      const report: ImportReport = {
        file,
        kind,
        mapping,
        startedAt: startedAt.toISOString(),
        durationMs: Date.now() - startedAt.getTime(),
        isComplete: problem === undefined,
        problem: problem === undefined ? null : problem instanceof Error ? problem.message : String(problem),
        rows,
        refusals: [...refusals]
          .map(([reason, { rows: count, minor }]) => ({
            reason,
            rows: count,
            amount: minor === null || currency === undefined ? null : formatAmount(minor, currency),
          }))
          .sort((a, b) => b.rows - a.rows),
        records,
        notes: [...notes].map(([text, times]) => (times === 1 ? text : `${text} (${times} times)`)),
        linesFile,
      };
      if (path !== undefined) await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
      return report;
    },
  };
}

async function writePiece(stream: WriteStream, piece: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(piece, (error) => (error == null ? resolve() : reject(error)));
  });
}
