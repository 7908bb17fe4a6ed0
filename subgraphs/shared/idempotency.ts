import { createHash } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { userInputError } from './public-error.ts';
import { isStorableText } from './storable-text.ts';

/*
 * Every owner whose mutations move something has this table in its own schema:
 *   idempotency_record (key text primary key, fingerprint text, answer jsonb, created_at timestamptz default now())
 * with keys as toOwnKey makes them.
 */

/** What a mutation came to: its answer, whether it is an earlier one given again, or that the key belongs to another input. */
export type Once<Answer> =
  | { readonly kind: 'ANSWERED'; readonly answer: Answer; readonly replayed: boolean }
  | { readonly kind: 'KEY_REUSED' };

/** How long a key is remembered, in days, unless the domain says for ever. */
export const idempotencyDays = 30;

/** A caller's key: 1 to 200 storable characters. Throws BAD_USER_INPUT otherwise. */
export function readIdempotencyKey(key: string): string {
  if (key.length < 1 || key.length > 200 || !isStorableText(key)) {
    throw userInputError('An idempotencyKey is 1 to 200 characters.');
  }
  return key;
}

/** A key as it is kept: callers choose their keys without knowing each other's, and are never shown each other's answers. */
export function toOwnKey(actor: string, key: string): string {
  return JSON.stringify([actor, key]);
}

/** The key as its caller chose it, of one that is kept; any other text as it is. */
export function toCallersKey(text: string): string {
  return /^\["(?:[^"\\]|\\.)*","((?:[^"\\]|\\.)*)"\]$/.test(text) ? String((JSON.parse(text) as unknown[])[1]) : text;
}

/** A hash of an operation and its input: the same for the same input, whatever order its fields came in. */
export function toFingerprint(operation: string, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([operation, sortFields(input)]))
    .digest('base64url');
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFields);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, sortFields(field)]),
  );
}

/**
 * Claims keys that nobody has used, before anything else is locked, like {@link runOnce}: whoever works under one of them is waited for while
 * nobody waits for us, and in the order of the keys, so that no two wait for each other. Gives those that are ours now, to be answered in the same transaction.
 */
export async function claimKeys(trx: QueryExecutorProvider, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const sorted = [...new Set(keys)].sort();
  const { rows } = await sql<{ key: string }>`
    insert into idempotency_record (key, fingerprint, answer)
    select key, '', '{}' from unnest(${sorted}::text[]) with ordinality as asked (key, place) order by place
        on conflict do nothing returning key`.execute(trx);
  return new Set(rows.map(({ key }) => key));
}

/**
 * Runs `work` once for a key, inside the transaction that it writes in. The key is claimed before anything else is locked: a second caller with
 * it waits for the first, and then gets the first one's answer. `work` gives an answer that can be stored as JSON.
 */
export async function runOnce<Answer extends object>(
  trx: QueryExecutorProvider,
  key: string,
  fingerprint: string,
  work: () => Promise<Answer>,
): Promise<Once<Answer>> {
  const claimed = await sql`
    insert into idempotency_record (key, fingerprint, answer) values (${key}, ${fingerprint}, '{}')
        on conflict do nothing returning key`.execute(trx);
  if (claimed.rows.length === 0) {
    const { rows } = await sql<{ fingerprint: string; answer: Answer }>`
      select fingerprint, answer from idempotency_record where key = ${key}`.execute(trx);
    const [record] = rows;
    if (record?.fingerprint !== fingerprint) return { kind: 'KEY_REUSED' };
    return { kind: 'ANSWERED', answer: record.answer, replayed: true };
  }
  const answer = await work();
  await sql`update idempotency_record set answer = ${JSON.stringify(answer)}::jsonb where key = ${key}`.execute(trx);
  return { kind: 'ANSWERED', answer, replayed: false };
}
