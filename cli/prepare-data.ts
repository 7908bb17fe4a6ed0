import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type OpenDatabase, openDatabase } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { type Owner, owners, searchPathOf } from '../db/owners.ts';
import { runSeed } from '../import/run-seed.ts';
import { openTakers } from './open-takers.ts';

const seedFolder = fileURLToPath(new URL('../db/seed/', import.meta.url));

/** `oneshelf migrate`: brings every owner's tables up to date and says what was new. */
export async function migrateOwners(signal: AbortSignal): Promise<void> {
  const database = await openDatabase({ signal });
  try {
    await bringUpToDate(database, signal);
  } finally {
    await database.close();
  }
}

/** `oneshelf seed`: migrates, then brings in the sample data. */
export async function seedOnce(signal: AbortSignal): Promise<void> {
  const database = await openDatabase({ signal });
  try {
    await prepareData(database, signal);
  } finally {
    await database.close();
  }
}

/** Tables up to date, and the sample data in. */
export async function prepareData(database: OpenDatabase, signal: AbortSignal): Promise<void> {
  await bringUpToDate(database, signal);
  const { takers, close } = openTakers(database);
  try {
    const startedAt = performance.now();
    const runSql = (owner: Owner, text: string) => runAs(database, owner, text);
    const reports = await runSeed({ folder: seedFolder, takers, runSql, signal });
    if (reports.length === 0) return console.log('The sample data is there.');
    for (const owner of owners) await runAs(database, owner, 'analyze');
    const rows = reports.reduce((sum, report) => sum + report.rows.taken, 0);
    console.log(`Brought in ${rows} rows of sample data in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`);
  } finally {
    await close();
  }
}

/** Runs a statement in an owner's schema as whoever may migrate; gives how many rows it returned. */
async function runAs(database: OpenDatabase, owner: Owner, text: string): Promise<number> {
  const client = new pg.Client({
    connectionString: database.urlOf(owner),
    options: `-c search_path=${searchPathOf(owner)}`,
  });
  await client.connect();
  try {
    return (await client.query(text)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function bringUpToDate(database: OpenDatabase, signal: AbortSignal): Promise<void> {
  const applied = await migrate({ urlOf: database.urlOf, signal });
  console.log(applied.length === 0 ? 'The tables are up to date.' : `Applied ${applied.length} migrations.`);
}
