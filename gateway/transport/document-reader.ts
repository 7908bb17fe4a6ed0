import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, Source } from 'graphql';
import type { Asker, JudgedDocument, PlannedAhead } from '../request-pipeline.ts';
import { createDocumentStore } from './document-store.ts';
import type { Doorkeeper } from './doorkeeper.ts';

/** Whether a document fits a schema; see `judge` in the pipeline. */
export type Judge = (
  schema: GraphQLSchema,
  text: string,
  signal: AbortSignal,
  asker?: Asker,
) => Promise<JudgedDocument>;

/** A document that is valid. */
export interface ReadDocument {
  readonly document: DocumentNode;
  /** The plan of what its sender asks, where that was made with it. */
  readonly ahead: PlannedAhead | undefined;
}

export interface ReadingOptions {
  /** Who will run it: then its plan is made in the same visit to the planning thread. */
  readonly asker?: Asker;
  /** It will be asked for, so that it is kept at its first sight. */
  readonly isExpected?: boolean;
}

/** Reads documents for all transports, and remembers those that are valid. */
export interface DocumentReader {
  find(schema: GraphQLSchema, hash: string): DocumentNode | undefined;
  /** The document, or what is wrong with it: errors as graphql-js makes them, with the code that Apollo Server gives. Rejects as the judge does. */
  read(
    schema: GraphQLSchema,
    text: string,
    hash: string,
    signal: AbortSignal,
    options?: ReadingOptions,
  ): Promise<ReadDocument | readonly GraphQLError[]>;
  readonly bytes: number;
}

/** `maxBytes` bounds what is remembered; `onValid` is told of each document that was found to be valid. */
export function createDocumentReader(
  judgeText: Judge,
  maxBytes: number,
  onValid: (text: string) => void = () => undefined,
  doorkeeper?: Doorkeeper,
): DocumentReader {
  const documents = createDocumentStore(maxBytes, doorkeeper);
  return {
    get bytes() {
      return documents.bytes;
    },
    find: documents.find,
    async read(schema, text, hash, signal, { asker, isExpected = false } = {}) {
      const known = documents.find(schema, hash);
      if (known !== undefined) return { document: known, ahead: undefined };
      const verdict = await judgeText(schema, text, signal, asker);
      if (verdict.isValid) {
        // Parsing a second time takes a fiftieth of what validating took: a tree is dearer to carry from thread to thread than to make.
        const document = parse(text);
        documents.keep(schema, hash, document, text.length, isExpected);
        onValid(text);
        return { document, ahead: verdict.ahead };
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
