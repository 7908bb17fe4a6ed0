import type { DocumentNode, GraphQLSchema } from 'graphql';
import { BoundedCache } from '../basics/bounded-cache.ts';
import { createDoorkeeper, type Doorkeeper } from './doorkeeper.ts';
import { createSchemaKeys } from './schema-keys.ts';

/** Validated documents, each for the schema it was validated against. */
export interface DocumentStore {
  find(schema: GraphQLSchema, hash: string): DocumentNode | undefined;
  /** Whether one that nobody is known to ask for again should be kept; see Doorkeeper. */
  admits(schema: GraphQLSchema, hash: string): boolean;
  hasCome(schema: GraphQLSchema, hash: string): boolean;
  keep(schema: GraphQLSchema, hash: string, document: DocumentNode, chars: number): void;
  readonly bytes: number;
}

/** Measured on documents of 240 characters with locations: 93 bytes of heap for each character of text. */
const bytesPerChar = 100;

/** Remembers validated documents within a bound of bytes (an estimate). */
export function createDocumentStore(maxBytes: number, doorkeeper: Doorkeeper = createDoorkeeper()): DocumentStore {
  const documents = new BoundedCache<DocumentNode>(maxBytes);
  const keyOf = createSchemaKeys();
  return {
    get bytes() {
      return documents.weight;
    },
    find: (schema, hash) => documents.get(keyOf(schema, hash)),
    admits: (schema, hash) => doorkeeper.admits(keyOf(schema, hash)),
    hasCome: (schema, hash) => doorkeeper.hasCome(keyOf(schema, hash)),
    keep: (schema, hash, document, chars) => documents.set(keyOf(schema, hash), document, bytesPerChar * chars),
  };
}
