import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Connection, openConnection } from '../../gateway/load/open-connection.ts';
import { readCpuSeconds } from '../../rig/processes/process-usage.ts';
import { type ChildOptions, startChild } from '../../rig/processes/start-child.ts';
import type { ContenderName } from '../contenders/contenders.ts';
import { openBenchIssuer } from './bench-issuer.ts';

/** A gateway and an inventory subgraph as processes of their own, with one way to reserve. */
export interface RunningGraph {
  readonly port: number;
  /** A token of staff who may change stock. */
  readonly authorization: string;
  readonly readCpu: () => number;
  close(): Promise<void>;
}

/** Starts both; they end with `close`, with the signal, or with the bench. */
export async function openGraph(contender: ContenderName, url: string, options: ChildOptions): Promise<RunningGraph> {
  const secret = randomUUID();
  const subgraph = startChild(modulePath('subgraph-process.ts'), [url, secret, contender], options);
  const { issuers, authorization } = await openBenchIssuer();
  const inventoryUrl = await subgraph.ask<string>('url');
  const gateway = startChild(modulePath('gateway-process.ts'), [inventoryUrl, secret, issuers], options);
  const port = await gateway.ask<number>('port');
  return {
    port,
    authorization,
    readCpu: () => readCpuSeconds(subgraph.pid) + readCpuSeconds(gateway.pid),
    async close() {
      await gateway.close();
      await subgraph.close();
    },
  };
}

/** A client of a graph with one kept-alive connection; posts bodies and gives the text of the answer. Rejects when the connection breaks. */
export interface GraphClient {
  post(body: string): Promise<string>;
  close(): void;
}

export async function openClient({ port, authorization }: RunningGraph): Promise<GraphClient> {
  let pending: PromiseWithResolvers<string> | undefined;
  const connection: Connection = await openConnection(port, (reason) => pending?.reject(new Error(reason)));
  return {
    post(body) {
      const answered = Promise.withResolvers<string>();
      pending = answered;
      connection.send(toBytes(body, authorization), (head, answer) => {
        if (head.startsWith('HTTP/1.1 200')) answered.resolve(answer.toString());
        else answered.reject(new Error(`${head.slice(0, head.indexOf('\r\n'))} ${answer.toString()}`));
      });
      return answered.promise;
    },
    close: () => connection.close(),
  };
}

function toBytes(body: string, authorization: string): Buffer {
  const head =
    'POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\n';
  return Buffer.from(
    `${head}authorization: ${authorization}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function modulePath(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
