import { z } from 'zod';
import { type Owner, owners } from './owners.ts';

/** Where the data is, as the environment says. */
export interface DatabaseConfig {
  /** A Postgres 15 or newer; undefined: the embedded one. */
  readonly url: string | undefined;
  /** Owners whose data lies in a database of their own. */
  readonly ownerUrls: Readonly<Partial<Record<Owner, string>>>;
  /** Where the embedded server keeps its data. */
  readonly dataDir: string;
  /** The port the embedded server tries first. */
  readonly embeddedPort: number | undefined;
  /** Connections at most, for each owner in each process. */
  readonly poolSize: number;
}

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

const environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_PRODUCTS: postgresUrl.optional(),
  DATABASE_URL_INVENTORY: postgresUrl.optional(),
  DATABASE_URL_ORDERS: postgresUrl.optional(),
  DATABASE_URL_CUSTOMERS: postgresUrl.optional(),
  DATABASE_URL_GATEWAY: postgresUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(10),
});

/** Reads the settings of this room. An empty variable counts as not set. @throws Error naming the variable that is wrong */
export function readDatabaseConfig(variables: NodeJS.ProcessEnv = process.env): DatabaseConfig {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Wrong setting: ${problems.join('; ')}`);
  }
  const { data } = read;
  const ownerUrls = owners.flatMap((owner) => {
    const url = data[`DATABASE_URL_${owner.toUpperCase() as Uppercase<Owner>}`];
    return url === undefined ? [] : [[owner, url] as const];
  });
  return {
    url: data.DATABASE_URL,
    ownerUrls: Object.fromEntries(ownerUrls),
    dataDir: data.DATA_DIR,
    embeddedPort: data.DATABASE_PORT,
    poolSize: data.DATABASE_POOL_SIZE,
  };
}
