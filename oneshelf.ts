#!/usr/bin/env node
import './cli/keep-young.ts';
import { Command, InvalidArgumentError } from 'commander';
import type { CreateCredentialOptions } from './cli/credential.ts';
import type { ImportCommandOptions } from './cli/import-file.ts';
import type { IssueTokenOptions } from './cli/issue-token.ts';

/*
 * The one command line. Only here is the process ended, and only here are signals heard.
 * A command that serves puts what it opens on `running`, which a signal closes in reverse order. Commands are loaded when they
 * are called: a gateway needs no database driver, and an installation without development dependencies cannot load `compose`.
 */
const running = new AsyncDisposableStack();
const stopping = new AbortController();

const program = new Command('oneshelf').description('One graph over products, inventory, orders and customers.');
const port = ['-p, --port <number>', 'where to listen; 0 takes a free port', readPort] as const;

program
  .command('start')
  .description('everything in one process: database, sample data, four subgraphs, gateway and explorer')
  .option(...port)
  .action(async (options: { port?: number }) => {
    const { startEverything } = await import('./cli/start-everything.ts');
    await startEverything(options.port, running, stopping.signal);
  });

program
  .command('gateway')
  .description('the gateway alone; serves any supergraph')
  .option('-s, --supergraph <file>', "the supergraph to serve; Oneshelf's own without it")
  .option('--own-callers', "with --supergraph: it is Oneshelf's own, with its callers, keys and secrets")
  .option(...port)
  .option('-c, --config <file>', 'settings as YAML or JSON; see the table in gateway/README.md')
  .action(async (options: { supergraph?: string; ownCallers?: true; port?: number; config?: string }) => {
    const { runGateway } = await import('./cli/run-gateway.ts');
    await runGateway(options, running, stopping.signal);
  });

program
  .command('subgraph <name>')
  .description('one subgraph over HTTP: products, inventory, orders or customers')
  .option(...port)
  .action(async (name: string, options: { port?: number }) => {
    const { serveOneSubgraph } = await import('./cli/serve-one-subgraph.ts');
    await serveOneSubgraph(name, options.port, running, stopping.signal);
  });

const credential = program.command('credential').description('API keys of partners and device tokens of tills');

credential
  .command('create <kind>')
  .description('makes a key and shows it once; kinds: staff, customer, till, partner')
  .option('--location <id>', 'the location that a till stands in')
  .option('--channel <id>', 'the channel of a partner')
  .option('--customer <id>', 'the customer that it is for')
  .option('--scope <scopes...>', 'scopes, for staff')
  .option('--holder <name>', 'whose it is; stays the same when the key is rotated; made up without it')
  .option('--note <text>', 'for people', '')
  .option('--days <number>', 'ends after so many days; never without it', Number)
  .action(async (kind: string, options: CreateCredentialOptions) => {
    const { createOwnCredential } = await import('./cli/credential.ts');
    await createOwnCredential(kind, options, stopping.signal);
  });

credential
  .command('rotate <prefix>')
  .description('makes a key that takes the place of another, which goes on for the overlap')
  .option('--overlap <hours>', 'how long both are valid', Number, 24)
  .action(async (prefix: string, options: { overlap: number }) => {
    const { rotateOwnCredential } = await import('./cli/credential.ts');
    await rotateOwnCredential(prefix, options.overlap, stopping.signal);
  });

credential
  .command('revoke <prefix>')
  .description('takes a key back: within seconds no gateway accepts it, and its sockets are ended')
  .action(async (prefix: string) => {
    const { revokeOwnCredential } = await import('./cli/credential.ts');
    await revokeOwnCredential(prefix, stopping.signal);
  });

credential
  .command('list')
  .description('the newest 1,000 keys, without what is secret')
  .action(async () => {
    const { listOwnCredentials } = await import('./cli/credential.ts');
    await listOwnCredentials(stopping.signal);
  });

program
  .command('token <kind>')
  .description('a token of the development issuer, for staff or a customer; not in production')
  .option('--scope <scopes...>', 'scopes, for staff; all without it')
  .option('--customer <id>', 'the customer that it is for')
  .option('--id <name>', 'whom it names', 'developer')
  .option('--hours <number>', 'how long it is valid', Number, 12)
  .action(async (kind: string, options: IssueTokenOptions) => {
    const { issueToken } = await import('./cli/issue-token.ts');
    await issueToken(kind, options);
  });

program
  .command('database')
  .description('the embedded Postgres alone, for commands that run beside each other')
  .action(async () => {
    const { runDatabase } = await import('./cli/run-database.ts');
    await runDatabase(running, stopping.signal);
  });

program
  .command('migrate')
  .description("brings every owner's tables up to date")
  .action(async () => {
    const { migrateOwners } = await import('./cli/prepare-data.ts');
    await migrateOwners(stopping.signal);
  });

program
  .command('seed')
  .description('migrates, then brings in the sample data; what is there already stays as it is')
  .action(async () => {
    const { seedOnce } = await import('./cli/prepare-data.ts');
    await seedOnce(stopping.signal);
  });

program
  .command('import <kind> <file>')
  .description('takes in products, locations, stock or orders from a CSV or NDJSON file, plain or gzipped')
  .option('-m, --mapping <name>', 'a mapping of import/mappings, or a path; guessed from the header without it')
  .option('-r, --report <file>', 'where the report goes; FILE.KIND.report.json in this folder without it')
  .option('--channel <id>', "the channel that is sold in, instead of the mapping's")
  .option(
    '--postal <file>',
    'postal codes with coordinates as GeoNames has them, to check the coordinates of locations',
  )
  .action(async (kind: string, file: string, options: ImportCommandOptions) => {
    const { importFile } = await import('./cli/import-file.ts');
    await importFile(kind, file, options, stopping.signal);
  });

program
  .command('compose')
  .description("writes schema/supergraph.graphql, schema/api.graphql and the subgraphs' resolver types")
  .action(async () => {
    const { composeGraph } = await import('./cli/compose-graph.ts');
    await composeGraph();
  });

program
  .command('health')
  .description('asks the process on PORT whether it is ready; fails when it is not')
  .option(...port)
  .action(async (options: { port?: number }) => {
    const { askHealth } = await import('./cli/ask-health.ts');
    await askHealth(options.port);
  });

let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  stopping.abort(new Error('The process was told to stop.'));
  await running.disposeAsync().catch((error: unknown) => {
    console.error(toText(error));
    process.exitCode = 1;
  });
  process.exit(process.exitCode ?? code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

try {
  await program.parseAsync();
} catch (error) {
  if (!isStopping) {
    console.error(toText(error));
    await stop(1);
  }
}

function readPort(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return value;
}

/** An error for a person: its message and what caused it; the stack only helps whoever asks for it. */
function toText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  because: ${toText(error.cause)}` : '';
  return `${error.message}${cause}`;
}
