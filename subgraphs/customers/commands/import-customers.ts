import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { CustomersDatabase } from '../../../db/tables/customers.ts';
import { inTransaction } from '../../../db/transaction.ts';

/** By which name a source knows a customer. */
export interface IdentityToResolve {
  readonly kind: 'EMAIL' | 'EXTERNAL_ID';
  /** E-mail addresses in lower case. */
  readonly value: string;
  readonly source: string;
  /** For a profile that must be made. */
  readonly displayName: string;
  readonly countryCode: string | null;
}

/** Something a customer did. */
export interface InteractionToRecord {
  readonly customerId: string;
  readonly channelId: string;
  readonly kind: 'ORDERED' | 'RETURNED';
  /** The id of what happened; the same happening is recorded once. */
  readonly reference: string;
  readonly summary: string;
  readonly occurredAt: Date;
}

/** The customer that each identity leads to, after merges; null for an identity that nobody has. */
export async function findCustomers(
  db: Kysely<CustomersDatabase>,
  identities: readonly IdentityToResolve[],
): Promise<(string | null)[]> {
  // A chain of merges is followed to its end, and no further than 100 steps should data ever be in a circle.
  const { rows } = await sql<{ kind: string; value: string; source: string; customer_id: string }>`
    with recursive step (kind, value, source, customer_id, merged_into, depth) as (
      select kind, value, source, customer.id, merged_into, 0
        from customer_identity
        join unnest(${identities.map(({ kind }) => kind)}::text[], ${identities.map(({ value }) => value)}::text[],
                    ${identities.map(({ source }) => source)}::text[]) as given (kind, value, source) using (kind, value, source)
        join customer on customer.id = customer_id
       union all
      select kind, value, source, customer.id, customer.merged_into, depth + 1
        from step join customer on customer.id = step.merged_into
       where depth < 100
    )
    select kind, value, source, customer_id from step where merged_into is null`.execute(db);
  const idOf = new Map(rows.map((row) => [toKey(row), row.customer_id]));
  return identities.map((identity) => idOf.get(toKey(identity)) ?? null);
}

/** The same, and makes a profile for every identity that nobody has. One transaction; no two identities may be the same. */
export async function resolveCustomers(
  db: Kysely<CustomersDatabase>,
  identities: readonly IdentityToResolve[],
): Promise<{ readonly customerId: string; readonly isNew: boolean }[]> {
  if (identities.length === 0) return [];
  return inTransaction(db, async (trx) => {
    // Two imports of one file must not make two profiles of a customer, of which one would have no name to be found by.
    await sql`select pg_advisory_xact_lock(hashtext('customers import'))`.execute(trx);
    const found = await findCustomers(trx, identities);
    const made = identities.map((identity, index) => ({
      identity,
      id: found[index] ?? randomUUID(),
      isNew: found[index] === null,
    }));
    await makeCustomers(
      trx,
      made.filter(({ isNew }) => isNew),
    );
    return made.map(({ id, isNew }) => ({ customerId: id, isNew }));
  });
}

async function makeCustomers(
  trx: Transaction<CustomersDatabase>,
  made: readonly { readonly id: string; readonly identity: IdentityToResolve }[],
): Promise<void> {
  const ids = made.map(({ id }) => id);
  await sql`
    insert into customer (id, display_name, country_code)
    select * from unnest(${ids}::text[], ${made.map(({ identity }) => identity.displayName)}::text[],
                         ${made.map(({ identity }) => identity.countryCode)}::text[])`.execute(trx);
  await sql`
    insert into customer_identity (customer_id, kind, value, source)
    select * from unnest(${ids}::text[], ${made.map(({ identity }) => identity.kind)}::text[],
                         ${made.map(({ identity }) => identity.value)}::text[], ${made.map(({ identity }) => identity.source)}::text[])`.execute(
    trx,
  );
}

/** Records what customers did; what is recorded already stays as it is. */
export async function recordInteractions(
  db: Kysely<CustomersDatabase>,
  interactions: readonly InteractionToRecord[],
): Promise<void> {
  await sql`
    insert into interaction (customer_id, channel_id, kind, reference, summary, occurred_at)
    select * from unnest(
      ${interactions.map(({ customerId }) => customerId)}::text[], ${interactions.map(({ channelId }) => channelId)}::text[],
      ${interactions.map(({ kind }) => kind)}::text[], ${interactions.map(({ reference }) => reference)}::text[],
      ${interactions.map(({ summary }) => summary)}::text[], ${interactions.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[])
        on conflict (kind, reference) do nothing`.execute(db);
}

function toKey({ kind, value, source }: { kind: string; value: string; source: string }): string {
  return `${kind}\n${value}\n${source}`;
}
