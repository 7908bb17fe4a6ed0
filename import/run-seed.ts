import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { importKinds } from './mapping/mapping.ts';
import type { ImportReport } from './report/report.ts';
import { runImport } from './run-import.ts';
import type { Takers } from './takers.ts';

const owner = z.enum(['products', 'inventory', 'orders', 'customers']);
type Owner = z.infer<typeof owner>;

const planSchema = z.strictObject({
  doneWhen: z.strictObject({ owner, sql: z.string() }),
  steps: z.array(
    z.union([
      z.strictObject({ sql: z.string(), owner }),
      z.strictObject({
        import: z.enum(importKinds),
        file: z.string(),
        mapping: z.string(),
        channel: z.string().optional(),
        deal: z.array(z.strictObject({ channel: z.string(), percent: z.int().min(1).max(100) })).optional(),
      }),
    ]),
  ),
});

export interface SeedOptions {
  /** Holds plan.yaml and the files it names. */
  readonly folder: string;
  readonly takers: Takers;
  /** Runs a statement as an owner; gives how many rows it returned. */
  readonly runSql: (name: Owner, text: string) => Promise<number>;
  readonly signal: AbortSignal;
}

/**
 * Brings sample data in, step by step as the folder's plan says. A database that has it already is left as it is; one where it broke off gets
 * all of it, since every step can be run again. Gives the reports of its imports, none when there was nothing to do.
 */
export async function runSeed({ folder, takers, runSql, signal }: SeedOptions): Promise<ImportReport[]> {
  const plan = planSchema.parse(parse(await readFile(join(folder, 'plan.yaml'), 'utf8')));
  if ((await runSql(plan.doneWhen.owner, plan.doneWhen.sql)) > 0) return [];
  const reports: ImportReport[] = [];
  for (const step of plan.steps) {
    signal.throwIfAborted();
    if ('sql' in step) {
      await runSql(step.owner, await readFile(join(folder, step.sql), 'utf8'));
      continue;
    }
    const { import: kind, file, mapping, channel, deal } = step;
    reports.push(
      await runImport({ kind, file: join(folder, file), mapping, channel: channel ?? deal, takers, signal }),
    );
  }
  return reports;
}
