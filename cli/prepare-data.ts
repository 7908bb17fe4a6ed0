import { type OpenDatabase, openDatabase } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';

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
}

async function bringUpToDate(database: OpenDatabase, signal: AbortSignal): Promise<void> {
  const applied = await migrate({ urlOf: database.urlOf, signal });
  console.log(applied.length === 0 ? 'The tables are up to date.' : `Applied ${applied.length} migrations.`);
}
