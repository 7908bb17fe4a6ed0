import { hash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, Source } from 'graphql';
import type { Asker, CommonForm, JudgedDocument, PlannedAhead } from '../request-pipeline.ts';
import type { DocumentShape, ShapeReader } from './document-shape.ts';
import { createDocumentStore } from './document-store.ts';
import { createKnownShapes, type ReadForm } from './known-shapes.ts';

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

/** `recognised` by its shape, `common` in its form, `own` as it is, `refused` because it is not valid. */
export type ReadingWay = 'recognised' | 'common' | 'own' | 'refused';

export interface DocumentReaderOptions {
  readonly judge: Judge;
  readonly readShape: ShapeReader;
  /** Bounds what is remembered. */
  readonly maxBytes: number;
  /** Told of each document that was found to be valid. */
  readonly onValid?: (text: string) => void;
  /** Told of each document that was not known. */
  readonly onRead?: (how: ReadingWay) => void;
}

export function createDocumentReader(options: DocumentReaderOptions): DocumentReader {
  const { judge, readShape, maxBytes, onValid = () => undefined, onRead = () => undefined } = options;
  const documents = createDocumentStore((maxBytes * 5) / 6);
  const shapes = createKnownShapes(maxBytes / 6);

  /** What differs from something known in nothing but what a form leaves out: neither its tree nor the planning thread is needed. */
  function recognise(
    schema: GraphQLSchema,
    shape: DocumentShape,
    operationName: string | undefined,
  ): ReadDocument | undefined {
    const form = shapes.find(schema, shape, operationName);
    const document = form && documents.find(schema, form.hash);
    return document && { document, ahead: undefined, form };
  }

  /** Most forms have been seen before: that is what they are for. */
  function readForm(
    schema: GraphQLSchema,
    shape: DocumentShape | undefined,
    found: CommonForm,
    ahead: PlannedAhead | undefined,
  ): ReadDocument {
    const form = { ...found, hash: hash('sha256', found.text) };
    const known = documents.find(schema, form.hash);
    const document = known ?? parse(form.text, { noLocation: true });
    const isKept = known !== undefined || documents.admits(schema, form.hash);
    if (isKept && known === undefined) documents.keep(schema, form.hash, document, form.text.length);
    if (isKept && shape !== undefined) shapes.learn(schema, shape, form, document);
    return { document, ahead, form };
  }

  return {
    get bytes() {
      return documents.bytes + shapes.bytes;
    },
    find: documents.find,
    async read(schema, text, documentHash, signal, { asker, isExpected = false, mayBeCommon = false } = {}) {
      const found = documents.find(schema, documentHash);
      if (found !== undefined) return { document: found, ahead: undefined };
      const shape = mayBeCommon && !isExpected ? readShape(text) : undefined;
      const known = shape && recognise(schema, shape, asker?.operationName);
      if (known !== undefined) {
        onRead('recognised');
        onValid(text);
        return known;
      }
      // What is alike to another is kept as what they have in common, however few they are.
      const isAlike = shape !== undefined && shapes.hasCome(schema, shape);
      const isKept = isExpected || documents[isAlike ? 'hasCome' : 'admits'](schema, documentHash);
      const isCommon = mayBeCommon && !isKept;
      const verdict = await judge(schema, text, signal, asker && { ...asker, isCommon });
      onRead(!verdict.isValid ? 'refused' : verdict.form === undefined ? 'own' : 'common');
      if (verdict.isValid) {
        onValid(text);
        if (verdict.form !== undefined) return readForm(schema, shape, verdict.form, verdict.ahead);
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
