import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Documents that were known before anybody sent them, by id. */
export interface Manifest {
  readonly textById: ReadonlyMap<string, string>;
  /** The texts themselves: who sends one of them whole sends a known document too. */
  readonly texts: ReadonlySet<string>;
}

export const emptyManifest: Manifest = { textById: new Map(), texts: new Set() };

/** More than all documents of a large shop's clients, and what a reload may hold twice. */
const maxDocuments = 10_000;
const maxChars = 32 * 1024 * 1024;

const byId = z.record(z.string().min(1).max(200), z.string().min(1));
/** By client, so that each can be built and taken back by itself: `{clients: {till: {documents: {id: document}}}}`. */
const byClient = z.strictObject({ clients: z.record(z.string(), z.strictObject({ documents: byId })) });
/** What @apollo/generate-persisted-query-manifest writes. */
const ofApollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1).max(200), body: z.string().min(1) })),
});

/**
 * Reads a manifest: by client, as Apollo's tool writes it, or a plain object of documents by id, as Relay's compiler and GraphQL Code Generator
 * write it. A document can also be asked for by the sha256 of its text. Throws an Error that says what is wrong with it.
 */
export function readManifest(json: string): Manifest {
  if (json.length > maxChars) throw new Error(`The manifest has more than ${maxChars} characters.`);
  const textById = new Map<string, string>();
  for (const [id, text] of listDocuments(JSON.parse(json))) {
    if ((textById.get(id) ?? text) !== text) throw new Error(`The manifest gives "${id}" to two different documents.`);
    textById.set(id, text);
  }
  if (textById.size > maxDocuments) throw new Error(`The manifest has more than ${maxDocuments} documents.`);
  const texts = new Set(textById.values());
  for (const text of texts) {
    const hash = hashOf(text);
    if ((textById.get(hash) ?? text) !== text) throw new Error(`The id "${hash}" is another document's sha256.`);
    textById.set(hash, text);
  }
  return { textById, texts };
}

/** What clients that hash documents for themselves ask by: the sha256 of the text, in hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function listDocuments(value: unknown): readonly (readonly [id: string, text: string])[] {
  if (typeof value === 'object' && value !== null && 'format' in value) {
    return ofApollo.parse(value).operations.map(({ id, body }) => [id, body]);
  }
  if (typeof value === 'object' && value !== null && 'clients' in value) {
    return Object.values(byClient.parse(value).clients).flatMap(({ documents }) => Object.entries(documents));
  }
  return Object.entries(byId.parse(value));
}
