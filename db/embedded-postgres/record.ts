import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const serverRecord = z.object({ url: z.string(), port: z.number(), pid: z.number(), ownerPid: z.number() });

/**
 * What `.data/postgres.json` says of the server: for people (`psql "$(jq -r .url .data/postgres.json)"`), and so that the next start
 * takes the same port and those who were connected find it again. Nothing relies on it: the truth is in postmaster.pid.
 */
export type ServerRecord = z.infer<typeof serverRecord>;

/** The last record, or undefined when there is none that can be read. */
export async function readRecord(file: string): Promise<ServerRecord | undefined> {
  try {
    return serverRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Replaces the record as a whole. Its url carries the password: mode 0600. */
export async function writeRecord(file: string, record: ServerRecord): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
