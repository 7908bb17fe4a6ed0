import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  parseConstValue,
  typeFromAST,
} from 'graphql';
import { BoundedCache } from '../basics/bounded-cache.ts';
import { type CommonForm, readLiteral } from '../request-pipeline.ts';
import type { DocumentShape } from './document-shape.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { createSchemaKeys } from './schema-keys.ts';

/** A document in its common form, which has been read before. */
export interface ReadForm extends Omit<CommonForm, 'places'> {
  readonly hash: string;
}

/** The common forms of documents by their shapes: who knows both need not look at the schema, nor at the tree, to have the one from the other. */
export interface KnownShapes {
  /** Whether another document of this shape has come before. To be asked once for each that is not known. */
  hasCome(schema: GraphQLSchema, shape: DocumentShape): boolean;
  /** The common form of a document, which is valid then. Undefined where that is still to be found out. */
  find(schema: GraphQLSchema, shape: DocumentShape, operationName: string | undefined): ReadForm | undefined;
  /** Takes in what the planning thread found out about a valid document; `document` is the form's. */
  learn(schema: GraphQLSchema, shape: DocumentShape, form: CommonForm & ReadForm, document: DocumentNode): void;
  readonly bytes: number;
}

/** How the form is made of a document with this shape. */
interface ShapeForm extends Pick<ReadForm, 'text' | 'hash' | 'operationName'> {
  /** The document's aliases by the form's. */
  readonly aliases: readonly number[];
  /** Names that no alias may have: they may be response keys beside it. */
  readonly names: ReadonlySet<string>;
  /** Values without a number or a text in them, which are in the shape. */
  readonly constants: Readonly<Record<string, unknown>>;
  readonly values: readonly ShapeValue[];
}

/** A value with numbers or texts in it, by its first and its last token. */
interface ShapeValue {
  readonly variable: string;
  readonly type: GraphQLInputType;
  readonly first: number;
  readonly last: number;
}

/** Measured on documents of 226 characters, whose keys have 262: 2.2 KB of heap for one. */
const bytesPerChar = 9;

/** `maxBytes` bounds what is remembered (an estimate). */
export function createKnownShapes(maxBytes: number): KnownShapes {
  const keyOf = createSchemaKeys();
  const doorkeeper = createDoorkeeper();
  /** Which numbers and texts stay in the form: those of directives, of custom scalars, and beside variables or nulls. */
  const fixed = new BoundedCache<readonly number[]>(maxBytes / 4);
  const forms = new BoundedCache<ShapeForm>((maxBytes * 3) / 4);

  function formKey(key: string, shape: DocumentShape, tokens: readonly number[]): string {
    if (tokens.length === 0) return key;
    return key + JSON.stringify(tokens.map((token) => [token, textOf(shape, token, token)]));
  }

  return {
    get bytes() {
      return fixed.weight + forms.weight;
    },
    hasCome: (schema, shape) => doorkeeper.hasCome(keyOf(schema, shape.key)),
    find(schema, shape, operationName) {
      const key = keyOf(schema, shape.key);
      const tokens = fixed.get(key);
      if (tokens === undefined) return undefined;
      const known = forms.get(formKey(key, shape, tokens));
      if (known === undefined || (operationName !== undefined && operationName !== shape.operationName))
        return undefined;
      const aliases = known.aliases.map((number) => shape.aliases[number] ?? '');
      if (aliases.some((alias) => known.names.has(alias))) return undefined;
      const literals: Record<string, unknown> = { ...known.constants };
      for (const { variable, type, first, last } of known.values) {
        const value = readLiteral(parseConstValue(textOf(shape, first, last)), type);
        if (value === undefined) return undefined;
        literals[variable] = value;
      }
      const { text, hash } = known;
      return { text, hash, operationName: shape.operationName ?? known.operationName, aliases, literals };
    },
    learn(schema, shape, form, document) {
      const { text, hash, operationName, places } = form;
      const aliases = form.aliases.map((alias) => shape.aliases.indexOf(alias));
      if (!shape.isWhole || places === undefined || aliases.length !== shape.aliases.length || aliases.includes(-1))
        return;
      const tokenAt = new Map(shape.starts.map((start, token) => [start, token]));
      const tokenTo = new Map(shape.ends.map((end, token) => [end, token]));
      const stay = new Set(shape.literals);
      const types = typesIn(document, schema);
      const values = new Map<string, ShapeValue>();
      for (const { variable, start, end } of places) {
        const [first, last, type] = [tokenAt.get(start), tokenTo.get(end), types.get(variable)];
        if (first === undefined || last === undefined || type === undefined) continue;
        let isFree = false;
        for (let token = first; token <= last; token++) if (stay.delete(token)) isFree = true;
        if (isFree && !values.has(variable)) values.set(variable, { variable, type, first, last });
      }
      const tokens = [...stay];
      const constants = Object.fromEntries(Object.entries(form.literals).filter(([variable]) => !values.has(variable)));
      const key = keyOf(schema, shape.key);
      fixed.set(key, tokens, 2 * key.length + 100);
      const how = { text, hash, operationName, aliases, names: new Set(shape.names), constants };
      forms.set(formKey(key, shape, tokens), { ...how, values: [...values.values()] }, bytesPerChar * key.length);
    },
  };
}

function textOf({ text, starts, ends }: DocumentShape, first: number, last: number): string {
  return text.slice(starts[first], ends[last]);
}

/** The types of the variables of a document of one operation. */
function typesIn(document: DocumentNode, schema: GraphQLSchema): ReadonlyMap<string, GraphQLInputType> {
  const types = new Map<string, GraphQLInputType>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type: written } of definition.variableDefinitions ?? []) {
      const type = typeFromAST(schema, written);
      if (type !== undefined) types.set(variable.name.value, type as GraphQLInputType);
    }
  }
  return types;
}
