import { z } from 'zod';

/** Where a process of ours listens, and how it was started. */
export interface CommandConfig {
  readonly host: string;
  /** Undefined: the command's own default. */
  readonly port: number | undefined;
  /** Whether the environment says what to log; if not, `start` shows a person warnings only. */
  readonly isLogLevelGiven: boolean;
  readonly isProduction: boolean;
  /** What a subgraph's callers sign with. */
  readonly subgraphSecret: string | undefined;
}

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  GATEWAY_LOG_LEVEL: z.string().optional(),
  NODE_ENV: z.string().optional(),
  SUBGRAPH_SECRET: z.string().min(32).optional(),
});

/** Reads the settings of the command line. An empty variable counts as not set. Throws an Error naming the wrong one. */
export function readCommandConfig(variables: NodeJS.ProcessEnv = process.env): CommandConfig {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    throw new Error(
      `Wrong setting: ${read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  }
  return {
    host: read.data.HOST,
    port: read.data.PORT,
    isLogLevelGiven: read.data.GATEWAY_LOG_LEVEL !== undefined,
    isProduction: read.data.NODE_ENV === 'production',
    subgraphSecret: read.data.SUBGRAPH_SECRET,
  };
}
