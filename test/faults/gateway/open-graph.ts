import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OneshelfProcess, runOneshelf } from '../../e2e/oneshelf-process.ts';
import { compose } from '../../gateway/server/test-graph.ts';
import { type Script, startScript } from '../../support/start-script.ts';
import { findFixedPorts } from '../live/free-ports.ts';

const names = ['books', 'authors', 'loans'] as const;
type Name = (typeof names)[number];
const inFolder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A gateway and three subgraphs, each a process: the subgraphs served from the files of graph/, the supergraph from a file as well. */
export interface FileGraph extends AsyncDisposable {
  readonly url: string;
  readonly gateway: OneshelfProcess;
  /** The supergraph's text; `extra` becomes a root field that tells this one from others. */
  supergraph(extra: string): string;
  /** Writes a supergraph over the file: in one step, or as a careless tool does, in two halves in place. */
  replace(sdl: string, how: 'renamed' | 'in place'): Promise<void>;
  /** Offers it to the admin endpoint; resolves to the status. */
  push(sdl: string): Promise<number>;
  /** Kill -9; resolves when it is gone. */
  kill(name: Name): Promise<void>;
  /** Starts a killed one again. */
  restart(name: Name): Promise<void>;
}

const adminToken = 'let-me-in';

/** Starts all of them. Dispose of it when done. */
export async function openFileGraph(): Promise<FileGraph> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.adopt(await mkdtemp(join(tmpdir(), 'oneshelf-supergraph-')), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const file = join(folder, 'supergraph.graphql');
  const ports = await findFixedPorts(names);
  const subgraphs = await Promise.all(
    names.map(async (name) => {
      const sdl = await readFile(inFolder(`graph/${name}.graphql`), 'utf8');
      const port = String(ports[name]);
      return { name, sdl, port, url: `http://127.0.0.1:${port}/` };
    }),
  );
  const running = new Map<string, Script>();
  opening.defer(async () => {
    for (const script of running.values()) script.kill('SIGKILL');
    await Promise.all(Array.from(running.values(), (script) => script.ended()));
  });
  const start = async (name: Name): Promise<void> => {
    const port = subgraphs.find((subgraph) => subgraph.name === name)?.port ?? '0';
    const files = [inFolder(`graph/${name}.graphql`), inFolder(`graph/${name}.json`)];
    const script = startScript(inFolder('serve-files.ts'), [...files, port]);
    running.set(name, script);
    await script.nextLine();
  };
  await Promise.all(names.map(start));

  const supergraph = (extra: string): string =>
    compose(subgraphs, (sdl, name) => (name === 'books' ? sdl.replace('books:', `${extra}: String books:`) : sdl));
  await writeFile(file, supergraph('first'));
  const gateway = opening.adopt(
    runOneshelf(['gateway', '--supergraph', file, '--port', '0'], {
      GATEWAY_ADMIN_TOKEN: adminToken,
      GATEWAY_WATCH_INTERVAL_MS: '20',
      GATEWAY_LOG_LEVEL: 'warn',
    }),
    async (started) => {
      await started.stop('SIGKILL');
    },
  );
  const url = await gateway.waitFor(/The gateway answers at (\S+)/);
  const resources = opening.move();
  return {
    url,
    gateway,
    supergraph,
    async replace(sdl, how) {
      const target = how === 'renamed' ? `${file}.new` : file;
      // Half of it first: the gateway may look at the file just then, and must refuse what it sees.
      await writeFile(target, sdl.slice(0, sdl.length / 2));
      await writeFile(target, sdl);
      if (how === 'renamed') await rename(target, file);
    },
    async push(sdl) {
      const headers = { 'content-type': 'application/graphql', authorization: `Bearer ${adminToken}` };
      const response = await fetch(new URL('/admin/supergraph', url), { method: 'POST', body: sdl, headers });
      await response.arrayBuffer();
      return response.status;
    },
    async kill(name) {
      running.get(name)?.kill('SIGKILL');
      await running.get(name)?.ended();
    },
    restart: start,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
