import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, type ChildOptions, startChild } from '../processes/start-child.ts';
import type { GatewayKind } from './gateway-kind.ts';

/** Every gateway of the bench answers here. */
export const graphqlPath = '/graphql';

export interface RunningGateway {
  readonly kind: GatewayKind;
  readonly port: number;
  readonly child: Child;
}

const startDeadlineMs = 40_000;

/** Starts a gateway as a process and waits until it answers. Throws when it does not within 40 s. */
export async function startGateway(
  kind: GatewayKind,
  supergraphFile: string,
  options: ChildOptions,
): Promise<RunningGateway> {
  const port = await findFreePort();
  const child = startChild(kind.module(), kind.args(supergraphFile, port), options);
  const deadline = AbortSignal.any([options.signal, AbortSignal.timeout(startDeadlineMs)]);
  while (!(await isAnswering(port))) {
    if (deadline.aborted || child.hasEnded)
      throw new Error(`${kind.title} does not answer on port ${port}.\n${child.errorText()}`);
    await wait(100);
  }
  return { kind, port, child };
}

/** One answer of a gateway, for checks. */
export async function postGraphql(
  port: number,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${graphqlPath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

async function isAnswering(port: number): Promise<boolean> {
  return postGraphql(port, '{"query":"{ __typename }"}').then(
    ({ text }) => text.includes('"Query"'),
    () => false,
  );
}

/** The command lines of peers want a number, so one is found before and taken a moment later. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
