import { startEmbeddedPostgres } from '../../../db/embedded-postgres.ts';

// A command that uses the embedded server until it is told to end (SIGTERM) or killed.
const [dataDir = '', port] = process.argv.slice(2);
const stop = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve()));
const server = await startEmbeddedPostgres({
  dataDir,
  settings: { fsync: 'off' },
  port: port === undefined ? undefined : Number(port),
});
console.log(JSON.stringify({ url: server.url, pid: server.pid, isOwner: server.isOwner }));
const keepAlive = setInterval(() => undefined, 1_000);
await stop;
clearInterval(keepAlive);
await server.close();
