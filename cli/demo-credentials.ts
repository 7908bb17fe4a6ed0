import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { readDatabaseConfig } from '../db/config.ts';
import { connectAs, type OpenDatabase } from '../db/connect.ts';
import { createCredentialStore } from '../db/credentials/create-credential-store.ts';
import type { GatewayDatabase } from '../db/tables/gateway.ts';
import { hashCredentialKey, isSameHash, readCredentialKey } from '../gateway/identity/credential-key.ts';
import { readCommandConfig } from './config.ts';
import { addCredential, readServerKey } from './credential.ts';
import { openDevelopmentIssuer } from './development-issuer.ts';
import { staffScopes } from './own-kinds.ts';

/** Where the demo till stands and what the demo partner sells through: places of the sample data. */
export const demoLocation = 'bestbuy-4';
export const demoChannel = 'marketplace-craftfair';
const tokenHours = 30 * 24;

const fileSchema = z.object({ staff: z.string(), till: z.string(), partner: z.string(), customer: z.string() });

/** For each kind of caller the value of an `Authorization` header. For trying out, and refused in production. */
export type DemoCredentials = z.output<typeof fileSchema>;

/**
 * One credential of each kind, also written to demo-credentials.json in the data folder. The keys stay the same as long as the database
 * knows them; the tokens are valid for 30 days. Undefined in production.
 */
export async function makeDemoCredentials(database: OpenDatabase): Promise<DemoCredentials | undefined> {
  if (readCommandConfig().isProduction) return undefined;
  const path = join(readDatabaseConfig().dataDir, 'demo-credentials.json');
  const before = await readBefore(path);
  const { issue } = await openDevelopmentIssuer();
  const customer = await findRegularCustomer(database);
  const { db, close } = connectAs(database.urlOf('gateway'), 'gateway', { poolSize: 1 });
  try {
    const key = async (kind: 'till' | 'partner', attributes: Readonly<Record<string, string>>) => {
      const known = before?.[kind];
      if (known !== undefined && (await isKnown(db, known))) return known;
      const holder = `demo-${kind}`;
      const note = 'demo: made by oneshelf start';
      const fresh = await addCredential(db, { kind, holder, scopes: [], attributes, note, expiresInDays: undefined });
      return `Bearer ${fresh.text}`;
    };
    const staff = { kind: 'staff', id: 'demo-staff', scopes: staffScopes, hours: tokenHours } as const;
    const buyer = { kind: 'customer', id: customer, customer, scopes: [], hours: tokenHours } as const;
    const credentials: DemoCredentials = {
      staff: `Bearer ${await issue(staff)}`,
      till: await key('till', { location: demoLocation }),
      partner: await key('partner', { channel: demoChannel }),
      customer: `Bearer ${await issue(buyer)}`,
    };
    await mkdir(readDatabaseConfig().dataDir, { recursive: true });
    await writeFile(path, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
    await chmod(path, 0o600);
    return credentials;
  } finally {
    await close();
  }
}

async function readBefore(path: string): Promise<DemoCredentials | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : fileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether the database, which may be another than the last time, still has this key. */
async function isKnown(db: Kysely<GatewayDatabase>, header: string): Promise<boolean> {
  const key = readCredentialKey(header.replace(/^Bearer /, ''));
  const kept = key === undefined ? undefined : await createCredentialStore(db).find(key.prefix);
  return (
    key !== undefined && kept !== undefined && isSameHash(kept.hash, hashCredentialKey(key, await readServerKey()))
  );
}

/** A customer with a history: the one who came most often. */
async function findRegularCustomer(database: OpenDatabase): Promise<string> {
  const { db, close } = connectAs(database.urlOf('customers'), 'customers', { poolSize: 1 });
  try {
    const { customer_id } = await db
      .selectFrom('interaction')
      .select('customer_id')
      .groupBy('customer_id')
      .orderBy(({ fn }) => fn.countAll(), 'desc')
      .orderBy('customer_id')
      .limit(1)
      .executeTakeFirstOrThrow();
    return customer_id;
  } finally {
    await close();
  }
}
