import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { connectAs, openDatabase } from '../db/connect.ts';
import {
  createCredential,
  listCredentials,
  revokeCredential,
  rotateCredential,
} from '../db/credentials/change-credentials.ts';
import type { GatewayDatabase } from '../db/tables/gateway.ts';
import { readSettings } from '../gateway/config.ts';
import { hashCredentialKey, makeCredentialKey } from '../gateway/identity/credential-key.ts';
import { auditCommand } from './audit-command.ts';
import { readMachineSecret } from './machine-secret.ts';
import { boundTo, type OwnKind, readOwnKind, staffScopes } from './own-kinds.ts';

export interface CreateCredentialOptions {
  readonly location?: string;
  readonly channel?: string;
  readonly customer?: string;
  readonly scope?: readonly string[];
  readonly holder?: string;
  readonly note: string;
  readonly days?: number;
}

/** `oneshelf credential create KIND`: prints the key, once. Throws when what the kind is bound to is missing. */
export async function createOwnCredential(text: string, options: CreateCredentialOptions, signal: AbortSignal) {
  const kind = readOwnKind(text);
  const { holder = `${kind}-${randomUUID()}`, note, days, scope = [] } = options;
  if (days !== undefined && !(days > 0)) throw new Error('A key is valid for more than 0 days.');
  const attributes = readAttributes(kind, options);
  const scopes = readScopes(kind, scope);
  await withCredentials(signal, async (db) => {
    const { text: key, prefix } = await addCredential(db, {
      kind,
      holder,
      scopes,
      attributes,
      note,
      expiresInDays: days,
    });
    auditCommand('credential create', `${prefix} for ${kind} ${holder}, scopes ${JSON.stringify(scopes)}`);
    console.log(`${key}\nIt is shown only now. Send it as the header  authorization: Bearer ${key}`);
  });
}

/** `oneshelf credential rotate PREFIX`: prints the new key; the old one ends after the overlap. */
export async function rotateOwnCredential(prefix: string, overlapHours: number, signal: AbortSignal): Promise<void> {
  if (!(overlapHours >= 0)) throw new Error('The overlap is a number of hours.');
  await withCredentials(signal, async (db) => {
    const key = makeCredentialKey();
    const fresh = { prefix: key.prefix, hash: hashCredentialKey(key, await readServerKey()) };
    if (!(await rotateCredential(db, prefix, fresh, overlapHours))) throw new Error(`There is no valid key ${prefix}.`);
    auditCommand('credential rotate', `${key.prefix} instead of ${prefix}, which ends in ${overlapHours} hours`);
    console.log(`${key.text}\nIt is shown only now. ${prefix} ends in ${overlapHours} hours.`);
  });
}

/** `oneshelf credential revoke PREFIX`. */
export async function revokeOwnCredential(prefix: string, signal: AbortSignal): Promise<void> {
  await withCredentials(signal, async (db) => {
    if (!(await revokeCredential(db, prefix))) throw new Error(`There is no valid key ${prefix}.`);
    auditCommand('credential revoke', prefix);
    console.log(`${prefix} is revoked.`);
  });
}

/** `oneshelf credential list`: a JSON line for each. */
export async function listOwnCredentials(signal: AbortSignal): Promise<void> {
  await withCredentials(signal, async (db) => {
    for (const credential of await listCredentials(db)) console.log(JSON.stringify(credential));
  });
}

/** Makes a key and keeps its hash. */
export async function addCredential(
  db: Kysely<GatewayDatabase>,
  credential: Omit<Parameters<typeof createCredential>[1], 'prefix' | 'hash'>,
): Promise<{ readonly prefix: string; readonly text: string }> {
  const key = makeCredentialKey();
  await createCredential(db, {
    ...credential,
    prefix: key.prefix,
    hash: hashCredentialKey(key, await readServerKey()),
  });
  return key;
}

/** The key of the hashes: the gateway's setting, or this machine's. */
export async function readServerKey(): Promise<string> {
  const { credentialKey } = await readSettings();
  return readMachineSecret('credential-key', credentialKey, 'GATEWAY_CREDENTIAL_KEY');
}

function readAttributes(kind: OwnKind, options: CreateCredentialOptions): Readonly<Record<string, string>> {
  const name = boundTo[kind];
  for (const other of ['location', 'channel', 'customer'] as const) {
    if (other !== name && options[other] !== undefined) throw new Error(`A key of kind ${kind} has no ${other}.`);
  }
  if (name === undefined) return {};
  const value = options[name];
  if (value === undefined) throw new Error(`A key of kind ${kind} belongs to a ${name}: --${name} ID`);
  return { [name]: value };
}

function readScopes(kind: OwnKind, scopes: readonly string[]): readonly string[] {
  const known: readonly string[] = kind === 'staff' ? staffScopes : kind === 'partner' ? ['schema:read'] : [];
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0) throw new Error(`A key of kind ${kind} cannot have the scope ${unknown.join(', ')}.`);
  return scopes;
}

async function withCredentials(signal: AbortSignal, work: (db: Kysely<GatewayDatabase>) => Promise<void>) {
  const database = await openDatabase({ signal });
  try {
    const { db, close } = connectAs(database.urlOf('gateway'), 'gateway', { poolSize: 1 });
    try {
      await work(db);
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}
