import { hash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, Source } from 'graphql';
import type { Asker, CommonForm, JudgedDocument, PlannedAhead } from '../request-pipeline.ts';
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
  /** The document and its plan are of this instead of what was sent. */
  readonly form?: ReadForm | undefined;
}

export interface ReadForm extends CommonForm {
  readonly hash: string;
}

export interface ReadingOptions {
  /** Who will run it: then its plan is made in the same visit to the planning thread. */
  readonly asker?: Asker;
  /** It will be asked for, so that it is kept at its first sight. */
  readonly isExpected?: boolean;
  /** Of a document that will not be kept the common form will do. */
  readonly mayBeCommon?: boolean;
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

  /** Most forms have been seen before: that is what they are for. */
  function readForm(schema: GraphQLSchema, form: CommonForm, ahead: PlannedAhead | undefined): ReadDocument {
    const formHash = hash('sha256', form.text);
    const known = documents.find(schema, formHash);
    const document = known ?? parse(form.text, { noLocation: true });
    if (known === undefined && documents.admits(schema, formHash))
      documents.keep(schema, formHash, document, form.text.length);
    return { document, ahead, form: { ...form, hash: formHash } };
  }

  return {
    get bytes() {
      return documents.bytes;
    },
    find: documents.find,
    async read(schema, text, documentHash, signal, { asker, isExpected = false, mayBeCommon = false } = {}) {
      const known = documents.find(schema, documentHash);
      if (known !== undefined) return { document: known, ahead: undefined };
      const isKept = isExpected || documents.admits(schema, documentHash);
      const isCommon = mayBeCommon && !isKept;
      const verdict = await judgeText(schema, text, signal, asker && { ...asker, isCommon });
      if (verdict.isValid) {
        onValid(text);
        if (verdict.form !== undefined) return readForm(schema, verdict.form, verdict.ahead);
        // Parsing a second time takes a fiftieth of what validating took: a tree is dearer to carry from thread to thread than to make.
        const document = parse(text);
        if (isKept) documents.keep(schema, documentHash, document, text.length);
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
