import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A gateway that the bench can run as a process. */
export interface GatewayKind {
  readonly name: string;
  /** As the table says it. */
  readonly title: string;
  readonly module: () => string;
  readonly args: (supergraphFile: string, port: number) => readonly string[];
}

/** The command of Hive Gateway, taken from its package.json, as npm's own link does. */
export function hiveBin(): string {
  const manifest = createRequire(import.meta.url).resolve('@graphql-hive/gateway/package.json');
  return join(dirname(manifest), 'dist/bin.js');
}
