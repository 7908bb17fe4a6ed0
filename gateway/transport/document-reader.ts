import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, Source } from 'graphql';
import type { DocumentVerdict } from '../request-pipeline.ts';
import { createDocumentStore } from './document-store.ts';

/** Whether a document fits a schema; see `judge` in the pipeline. */
export type Judge = (schema: GraphQLSchema, text: string, signal: AbortSignal) => Promise<DocumentVerdict>;

/** Reads documents for all transports, and remembers those that are valid. */
export interface DocumentReader {
  find(schema: GraphQLSchema, hash: string): DocumentNode | undefined;
  /** The document, or what is wrong with it: errors as graphql-js makes them, with the code that Apollo Server gives. Rejects as the judge does. */
  read(
    schema: GraphQLSchema,
    text: string,
    hash: string,
    signal: AbortSignal,
  ): Promise<DocumentNode | readonly GraphQLError[]>;
  readonly bytes: number;
}

/** `maxBytes` bounds what is remembered; `onValid` is told of each document that was found to be valid. */
export function createDocumentReader(
  judgeText: Judge,
  maxBytes: number,
  onValid: (text: string) => void = () => undefined,
): DocumentReader {
  const documents = createDocumentStore(maxBytes);
  return {
    get bytes() {
      return documents.bytes;
    },
    find: documents.find,
    async read(schema, text, hash, signal) {
      const known = documents.find(schema, hash);
      if (known !== undefined) return known;
      const verdict = await judgeText(schema, text, signal);
      if (verdict.isValid) {
        // Parsing a second time takes a fiftieth of what validating took: a tree is dearer to carry from thread to thread than to make.
        const document = parse(text);
        documents.keep(schema, hash, document, text.length);
        onValid(text);
        return document;
      }
      const source = new Source(text);
      const { code, problems } = verdict;
      return problems.map(({ message, positions }) => {
        const place = positions === undefined ? {} : { source, positions };
        return new GraphQLError(message, { ...place, extensions: { code } });
      });
    },
  };
}
