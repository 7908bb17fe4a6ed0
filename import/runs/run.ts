import { RowProblem } from '../convert/row-problem.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readRows } from '../read/read-rows.ts';
import { isBroken, type Row } from '../read/row.ts';
import type { FileShape } from '../read/sniff-file.ts';
import type { OpenReport } from '../report/report.ts';
import type { ChannelFact, Takers } from '../takers.ts';

/** How far a run is. */
export interface ImportProgress {
  /** What is being done, in words. */
  readonly phase: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** In this phase. */
  readonly rowsRead: number;
}

/** A share of orders, in per cent, that is dealt to a channel. */
export interface ChannelShare {
  readonly channel: string;
  readonly percent: number;
}

/** What all stages of one import share. */
export interface Run {
  readonly file: string;
  readonly bytesTotal: number;
  readonly shape: FileShape;
  readonly mapping: Mapping;
  readonly takers: Takers;
  readonly report: OpenReport;
  readonly channels: ReadonlyMap<string, ChannelFact>;
  /** The one channel, or the shares of several, that the command or the mapping names; empty: each row says its own, or there is none. */
  readonly shares: readonly ChannelShare[];
  readonly postalFile: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

const rowsPerProgress = 5_000;

/**
 * Goes through the file once. `isReported`: rows are counted, and those that cannot be read, or for which `handle` throws a RowProblem, are
 * refused; a pass that is not reported leaves them to the one that is.
 */
export async function passThrough(
  run: Run,
  phase: string,
  options: { readonly isReported: boolean },
  handle: (row: Row) => Promise<void> | undefined,
): Promise<void> {
  const { report, signal } = run;
  let rowsRead = 0;
  let bytesRead = 0;
  const tell = () => run.onProgress({ phase, bytesRead, bytesTotal: run.bytesTotal, rowsRead });
  tell();
  const onBytes = (bytes: number) => {
    bytesRead = bytes;
  };
  for await (const row of readRows(run.file, run.shape, signal, onBytes)) {
    rowsRead++;
    if (rowsRead % rowsPerProgress === 0) {
      signal.throwIfAborted();
      tell();
      await report.flush();
    }
    if (options.isReported) report.countRead();
    try {
      if (isBroken(row)) throw new RowProblem(row.problem);
      const work = handle(row);
      if (work !== undefined) await work;
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      if (options.isReported) report.refuse(row.line, error.message, undefined, error.amountMinor);
    }
  }
  tell();
}
