/**
 * Three times what a gateway can do, from five classes of callers: `node bench/overload/run.ts [--quick] [--write] [--times 3] [--gateways a,b]`.
 * Everything is on the loopback, bounded, and ends by itself.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '../gateway/graph/compose-supergraph.ts';
import { type RunningGateway, startGateway } from '../rig/gateways/start-gateway.ts';
import { type Child, type ChildOptions, startChild } from '../rig/processes/start-child.ts';
import { describeMachine } from '../rig/report/describe-machine.ts';
import { writeReadme } from '../rig/report/write-readme.ts';
import { type OverloadSettings, readOverloadSettings } from './config.ts';
import { listGateways } from './gateways/gateways.ts';
import { askedOfOneshelf, oneshelfEnvironment, oneshelfKind } from './gateways/oneshelf.ts';
import { type Asked, measureOverload, type OverloadWindow, warmUp } from './measure-overload.ts';
import { openIssuer } from './open-issuer.ts';
import { type OverloadRow, renderOverload } from './report/render-overload.ts';

const longestRunMs = 15 * 60 * 1_000;

async function run(settings: OverloadSettings): Promise<void> {
  const options: ChildOptions = { env: settings.childEnvironment, signal: AbortSignal.timeout(longestRunMs) };
  const folder = await mkdtemp(join(tmpdir(), 'overload-bench-'));
  const children: Child[] = [];
  try {
    const rows = await measureAll(folder, children, settings, options);
    const markdown = [describeRun(settings), renderOverload(rows, settings.times)].join('\n\n');
    process.stdout.write(`${markdown}\n`);
    if (settings.isWritten) await writeReadme('overload', markdown);
  } finally {
    await Promise.all(children.toReversed().map((child) => child.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAll(
  folder: string,
  children: Child[],
  settings: OverloadSettings,
  options: ChildOptions,
): Promise<readonly OverloadRow[]> {
  const start = (file: string, ...args: string[]): Child => {
    const child = startChild(fileURLToPath(new URL(file, import.meta.url)), args, options);
    children.push(child);
    return child;
  };
  const subgraphs = start('../gateway/subgraphs/subgraph-process.ts', 'remember');
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, await composeSupergraph(await subgraphs.ask<number>('port')));
  const loads = [start('load/load-process.ts'), start('load/load-process.ts')] as const;
  const { issuers, tokens } = await openIssuer();
  const rows: {
    readonly title: string;
    readonly gateway: RunningGateway;
    readonly asked: Asked;
    readonly windows: OverloadWindow[];
  }[] = [];
  const isLeftOut = (name: string) => settings.gateways.length > 0 && !settings.gateways.includes(name);
  for (const kind of listGateways(issuers)) {
    if (isLeftOut(kind.name)) continue;
    const gateway = await startGateway(kind, supergraphFile, options);
    children.push(gateway.child);
    const asked: Asked = { tokens, work: { kind: 'page' } };
    await warmUp(gateway, loads[1], asked, settings);
    rows.push({ title: kind.title, gateway, asked, windows: [] });
  }
  if (!isLeftOut(oneshelfKind.name)) {
    const dataDir = join(folder, 'data');
    const env = { ...options.env, ...oneshelfEnvironment(dataDir) };
    const gateway = await startGateway(oneshelfKind, supergraphFile, { ...options, env });
    children.push(gateway.child);
    const asked = await askedOfOneshelf(gateway, dataDir);
    await warmUp(gateway, loads[1], asked, settings);
    rows.push({ title: oneshelfKind.title, gateway, asked, windows: [] });
  }
  for (let round = 0; round < settings.rounds; round++) {
    for (const row of rows) {
      row.windows.push(await measureOverload(row.gateway, loads, row.asked, settings));
      const failure = row.windows.at(-1)?.classes.find(({ firstFailure }) => firstFailure !== undefined)?.firstFailure;
      process.stderr.write(`${renderOverload([row], settings.times)}\n${failure ?? ''}\n`);
      for (const { name, due, useful, refused, late, failed } of row.windows.at(-1)?.classes ?? [])
        process.stderr.write(`${JSON.stringify({ name, due, useful, refused, late, failed })}\n`);
    }
  }
  return rows;
}

function describeRun({ seconds, rounds }: OverloadSettings): string {
  return `${describeMachine()}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s.`;
}

await run(readOverloadSettings());
