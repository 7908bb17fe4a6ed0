import type { DocumentNode, GraphQLSchema } from 'graphql';
import { BoundedCache } from '../basics/bounded-cache.ts';

/** What Apollo Server found out about a document: it was parsed, validated, and one operation of it chosen. */
export interface KnownOperation {
  readonly schema: GraphQLSchema;
  /** Whose callers sent it; undefined is everybody who is held to none. */
  readonly contract: string | undefined;
  readonly document: DocumentNode;
  readonly documentHash: string;
  readonly type: string;
  readonly operationName: string | undefined;
}

/** Operations that Apollo Server has let through before, and the media type it gave for each Accept header. */
export interface KnownOperations {
  remember(text: string, requestedName: string | undefined, operation: KnownOperation): void;
  /** Undefined unless it was let through on this very schema. */
  find(text: string, requestedName: string | undefined, schema: GraphQLSchema): KnownOperation | undefined;
  rememberType(accept: string | undefined, contentType: string): void;
  findType(accept: string | undefined): string | undefined;
  readonly bytes: number;
}

/** As in document-store.ts, whose documents these are. */
const bytesPerChar = 100;
/** Clients send a handful of Accept headers. */
const acceptChars = 16 * 1024;

export function createKnownOperations(maxBytes: number): KnownOperations {
  const operations = new BoundedCache<readonly KnownOperation[]>(maxBytes);
  const types = new BoundedCache<string>(acceptChars);
  const keyOf = (text: string, requestedName: string | undefined): string =>
    requestedName === undefined ? text : `${requestedName}\n${text}`;
  return {
    get bytes() {
      return operations.weight;
    },
    remember(text, requestedName, operation) {
      const key = keyOf(text, requestedName);
      const others = (operations.get(key) ?? []).filter(({ contract }) => contract !== operation.contract);
      operations.set(key, [operation, ...others], bytesPerChar * text.length * (others.length + 1));
    },
    find: (text, requestedName, schema) =>
      operations.get(keyOf(text, requestedName))?.find((known) => known.schema === schema),
    rememberType: (accept = '', contentType) => {
      if (types.get(accept) === undefined) types.set(accept, contentType, accept.length + 100);
    },
    findType: (accept = '') => types.get(accept),
  };
}
