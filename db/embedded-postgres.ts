import { setTimeout as delay } from 'node:timers/promises';
import { findPackageFolder, prepareBinaries } from './embedded-postgres/binaries.ts';
import { ensureCluster, readPassword } from './embedded-postgres/cluster.ts';
import { ensureDatabase, toUrl } from './embedded-postgres/database.ts';
import { choosePlace, type Place } from './embedded-postgres/place.ts';
import { findServerPid, readPostmasterFile } from './embedded-postgres/postmaster-file.ts';
import { announcePresence, listPresent, type Presence, withLock } from './embedded-postgres/presence.ts';
import { readRecord, writeRecord } from './embedded-postgres/record.ts';
import { type RunningServer, runServer } from './embedded-postgres/run-server.ts';
import { toStartError } from './embedded-postgres/start-error.ts';
import { stopServer } from './embedded-postgres/stop-server.ts';

/*
 * A real Postgres 18 from npm, for a machine that has none.
 *
 * The package `embedded-postgres` brings the programs (one package for each platform). Its class is not used: it installs signal handlers that
 * end the process, rejects with `undefined`, and knows nothing of a second command on the same folder.
 *
 * A data folder has at most one server, which lives as long as one of the processes that use it. The first starts it, others join,
 * the last one out stops it, whoever that is. A server whose users were all killed is an orphan: the next command stops it and starts anew.
 */

export interface EmbeddedPostgresOptions {
  /** Where data, passwords and notes lie; made when missing. */
  readonly dataDir: string;
  /** The port to try first; otherwise the last one used, otherwise any free one. */
  readonly port?: number | undefined;
  /** Gets the server's log lines, and ours about what was unusual. Personal data does not appear in it. */
  readonly log?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Postgres settings beside ours, for instance `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** The folder of the platform's package, when it is not the installed one. */
  readonly packageFolder?: string | undefined;
  /** The account to run as when we are root; made when missing. */
  readonly accountName?: string | undefined;
  /** Where data goes when we are root and the account may not enter `dataDir`. */
  readonly reachableFolder?: string | undefined;
}

export interface EmbeddedPostgres {
  /** Leads to the database `oneshelf` as its superuser. */
  readonly url: string;
  readonly pid: number;
  /** Did this call start the server, or join one? */
  readonly isOwner: boolean;
  /** Leaves; the last one out stops the server. Calling it twice is safe. */
  close(): Promise<void>;
}

/** Joins the server of a data folder, or starts it. @throws DatabaseStartError with a `problem` to branch on */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const place = await choosePlace(
      options.dataDir,
      options.accountName ?? 'postgres',
      options.reachableFolder ?? '/var/lib/oneshelf',
    );
    return await withLock(place.lockFolder, options.signal, async () => {
      const joined = await joinServer(place, options.signal);
      if (joined !== undefined) return joined;
      await stopOrphan(place, options);
      return await startServer(place, options);
    });
  } catch (error) {
    throw toStartError(error, options.dataDir);
  }
}

/** A server that comes up after a crash, or goes down, answers or is gone by then. */
const joinTimeoutMs = 30_000;

/** Joins the server that others use; undefined when there is none, or nobody uses it. Whatever is wrong with it, it is not ours to stop. */
async function joinServer(place: Place, signal: AbortSignal | undefined): Promise<EmbeddedPostgres | undefined> {
  for (const deadline = Date.now() + joinTimeoutMs; ; ) {
    const pid = await findServerPid(place.cluster);
    const file = await readPostmasterFile(place.cluster);
    if (pid === undefined || file === undefined) return undefined;
    if ((await listPresent(place.usersFolder)).length === 0) return undefined;
    try {
      const url = toUrl(await readPassword(place), file.port);
      await ensureDatabase(url);
      return toEmbeddedPostgres(place, url, pid, await announcePresence(place.usersFolder), undefined);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** Only a server that names our folder on its command line is touched; see findServerPid. */
async function stopOrphan(place: Place, options: EmbeddedPostgresOptions): Promise<void> {
  const pid = await findServerPid(place.cluster);
  if (pid === undefined) return;
  options.log?.(`Stopping the Postgres (pid ${pid}) that a killed process left behind`);
  await stopServer(pid);
}

async function startServer(place: Place, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, signal, settings = {} } = options;
  const binaries = await prepareBinaries(
    options.packageFolder ?? findPackageFolder(),
    `${place.home}/programs`,
    place.account,
  );
  const { password } = await ensureCluster(binaries, place, signal);
  const port = options.port ?? (await readRecord(place.recordFile))?.port;
  const server = await runServer(binaries, place, { port, settings, log, signal });
  try {
    const url = toUrl(password, server.port);
    await ensureDatabase(url);
    await writeRecord(place.recordFile, { url, port: server.port, pid: server.pid, ownerPid: process.pid });
    return toEmbeddedPostgres(place, url, server.pid, await announcePresence(place.usersFolder), server);
  } catch (error) {
    await stopServer(server.pid);
    throw error;
  }
}

function toEmbeddedPostgres(
  place: Place,
  url: string,
  pid: number,
  presence: Presence,
  started: RunningServer | undefined,
): EmbeddedPostgres {
  const leave = () =>
    withLock(place.lockFolder, undefined, async () => {
      await presence.leave();
      const areOthersThere = (await listPresent(place.usersFolder)).length > 0;
      if (areOthersThere) started?.letGo();
      // Proven anew: it may have been killed, and its pid given to another.
      else if ((await findServerPid(place.cluster)) === pid) await stopServer(pid);
    });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= leave();
    return closing;
  };
  return { url, pid, isOwner: started !== undefined, close };
}
