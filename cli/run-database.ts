import { openDatabase } from '../db/connect.ts';
import { owners } from '../db/owners.ts';

/** `oneshelf database`: keeps the embedded Postgres up until the process is told to stop, and prints how to reach it. */
export async function runDatabase(running: AsyncDisposableStack, signal: AbortSignal): Promise<void> {
  const database = running.adopt(await openDatabase({ signal }), (opened) => opened.close());
  const [first] = owners;
  console.log(`DATABASE_URL=${database.urlOf(first)}`);
  const keepAlive = setInterval(() => undefined, 1 << 30);
  running.defer(() => clearInterval(keepAlive));
}
