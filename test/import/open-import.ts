import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTakers } from '../../cli/open-takers.ts';
import type { ImportKind } from '../../import/mapping/mapping.ts';
import type { ImportReport } from '../../import/report/report.ts';
import { type ImportOptions, runImport } from '../../import/run-import.ts';
import type { Takers } from '../../import/takers.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

/** A row of the report's lines file. */
export interface ReportedLine {
  readonly line: number;
  readonly outcome: 'refused' | 'merged';
  readonly reason?: string;
  readonly into?: number;
}

/** An import over a fresh database with channels and a warehouse. Must be closed in `afterAll`. */
export interface OpenImport {
  readonly database: TestDatabase;
  readonly takers: Takers;
  readonly folder: string;
  /** Writes the content into a file and imports it. */
  run(
    kind: ImportKind,
    content: string | Buffer,
    options?: Partial<ImportOptions>,
  ): Promise<{ report: ImportReport; lines: readonly ReportedLine[] }>;
  /** Empties what imports fill; channels and the warehouse stay. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Opens real takers over a real database: what is tested is what `oneshelf import` does. */
export async function openImport(): Promise<OpenImport> {
  const database = await createTestDatabase();
  const { takers, close } = openTakers({ urlOf: () => database.url });
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-import-'));
  await database.query(`insert into products.channel (id, name, kind, currency_code, locale) values
    ('web', 'Web', 'WEB', 'GBP', 'en-GB'), ('app', 'App', 'APP', 'GBP', 'en-GB'), ('pos', 'Tills', 'POS', 'USD', 'en-US'),
    ('saudi', 'Saudi', 'WEB', 'SAR', 'en-SA')`);
  await database.query(`insert into inventory.location (id, name, kind, address_lines, city, postal_code, country_code, latitude,
    longitude, time_zone, source, source_key) values ('warehouse-coventry', 'Coventry', 'WAREHOUSE', '{}', 'Coventry', 'CV3', 'GB',
    52.39, -1.48, 'Europe/London', 'test', 'coventry')`);
  let files = 0;
  return {
    database,
    takers,
    folder,
    run: async (kind, content, options = {}) => {
      const file = join(folder, `file-${files++}.txt`);
      await writeFile(file, content);
      const reportFile = `${file}.json`;
      const report = await runImport({
        kind,
        file,
        reportFile,
        takers,
        signal: new AbortController().signal,
        ...options,
      });
      const text = await readFile(report.linesFile ?? '', 'utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      return { report, lines: lines.map((line) => JSON.parse(line) as ReportedLine) };
    },
    clear: async () => {
      await database.query(`truncate products.product, products.category, orders."order", customers.customer,
        inventory.stock_level, inventory.stock_movement cascade`);
      await database.query(`delete from inventory.location where source <> 'test'`);
    },
    close: async () => {
      await close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
