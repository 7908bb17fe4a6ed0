import type { GraphQLSchema } from 'graphql';
import { runtimeTypeNames } from './flatten-path.ts';
import { isInheritedKey, isJsonObject, type JsonObject, readOwn } from './json.ts';
import type { PathSegment, RequiredSelection, Rewrite } from './plan-node.ts';

/**
 * Writes what a subgraph needs to find an entity, as JSON text, straight from the merged data. Undefined when the entity's
 * type is not asked for or a required field is missing (its fetch failed): a resolver is never called with half its input.
 */
export type RepresentationWriter = (entity: JsonObject) => string | undefined;

interface FieldWriter {
  /** `"key":` with the comma before it. */
  readonly label: string;
  readonly readKey: string;
  readonly isInherited: boolean;
  readonly constant: string | undefined;
  readonly nested: ((object: JsonObject) => string | undefined) | undefined;
}

/** Compiles the required selections and the rewrites on the way in; specialised per runtime type on its first appearance. */
export function compileRepresentationWriter(
  requires: readonly RequiredSelection[],
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
): RepresentationWriter {
  const writeObject = compileObject(requires, rewrites, schema, true);
  return (entity) => (typeof entity.__typename === 'string' ? writeObject(entity) : undefined);
}

function compileObject(
  selections: readonly RequiredSelection[],
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
  isEntity: boolean,
): (object: JsonObject) => string | undefined {
  const isPlain = selections.every((selection) => selection.kind === 'field') && rewrites.length === 0;
  if (isPlain) return createWriter(compileFields(selections, rewrites, schema, undefined), isEntity);
  const byType = new Map<unknown, (object: JsonObject) => string | undefined>();
  return (object) => {
    const typeName = object.__typename;
    let write = byType.get(typeName);
    if (write === undefined) {
      const known = typeof typeName === 'string' && schema.getType(typeName) !== undefined ? typeName : undefined;
      write = createWriter(compileFields(selections, rewrites, schema, known), isEntity);
      // Names that the schema does not know must not fill the map: a subgraph could invent one per answer.
      if (known !== undefined) byType.set(typeName, write);
    }
    return write(object);
  };
}

function createWriter(fields: readonly FieldWriter[], isEntity: boolean): (object: JsonObject) => string | undefined {
  if (fields.length === 0) return () => (isEntity ? undefined : '{}');
  if (isEntity && !fields.some((field) => field.label.endsWith('"__typename":'))) return () => undefined;
  return (object) => {
    let text = '{';
    for (const field of fields) {
      if (field.constant !== undefined) {
        text += field.label + field.constant;
        continue;
      }
      const value = field.isInherited ? readOwn(object, field.readKey) : object[field.readKey];
      const written = writeValue(value, field.nested);
      if (written === undefined) return undefined;
      text += field.label + written;
    }
    return `${text}}`;
  };
}

function writeValue(value: unknown, nested: FieldWriter['nested']): string | undefined {
  if (value === undefined) return undefined;
  if (nested === undefined || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items: string[] = [];
    for (const item of value) {
      const written = writeValue(item ?? null, nested);
      if (written === undefined) return undefined;
      items.push(written);
    }
    return `[${items.join(',')}]`;
  }
  return isJsonObject(value) ? nested(value) : undefined;
}

interface Collected {
  readonly responseKey: string;
  readonly selections: RequiredSelection[] | undefined;
}

function compileFields(
  selections: readonly RequiredSelection[],
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
  typeName: string | undefined,
): FieldWriter[] {
  const collected = new Map<string, Collected>();
  collect(selections, schema, typeName, collected);
  const active = rewrites.flatMap((rewrite) => stepInto(rewrite, schema, typeName));
  for (const rewrite of active) {
    const key = rewrite.path[0]?.kind === 'field' ? rewrite.path[0].key : '';
    // A value that is set on an object which does not carry the field is added; a rename needs the field.
    if (rewrite.kind === 'set' && rewrite.path.length === 1 && collected.size > 0 && !collected.has(key)) {
      collected.set(key, { responseKey: key, selections: undefined });
    }
  }
  return [...collected.values()].map((field, index) => toFieldWriter(field, index, active, schema));
}

function toFieldWriter(
  field: Collected,
  index: number,
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
): FieldWriter {
  const own = rewrites.filter(({ path }) => path[0]?.kind === 'field' && path[0].key === field.responseKey);
  const here = own.filter(({ path }) => path.length === 1);
  const deeper = own.flatMap((rewrite) =>
    rewrite.path.length > 1 ? [{ ...rewrite, path: rewrite.path.slice(1) }] : [],
  );
  let writtenKey = field.responseKey;
  let constant: string | undefined;
  for (const rewrite of here) {
    if (rewrite.kind === 'rename') writtenKey = rewrite.to;
    else constant = JSON.stringify(rewrite.value);
  }
  return {
    label: `${index === 0 ? '' : ','}${JSON.stringify(writtenKey)}:`,
    readKey: field.responseKey,
    isInherited: isInheritedKey(field.responseKey),
    constant,
    nested: field.selections === undefined ? undefined : compileObject(field.selections, deeper, schema, false),
  };
}

/** Drops the type conditions at the head of a rewrite's path; nothing when one of them excludes this type. */
function stepInto(rewrite: Rewrite, schema: GraphQLSchema, typeName: string | undefined): Rewrite[] {
  let path: readonly PathSegment[] = rewrite.path;
  while (path[0]?.kind === 'types') {
    if (typeName !== undefined && !runtimeTypeNames(schema, path[0].typeNames).has(typeName)) return [];
    path = path.slice(1);
  }
  return [{ ...rewrite, path }];
}

function collect(
  selections: readonly RequiredSelection[],
  schema: GraphQLSchema,
  typeName: string | undefined,
  collected: Map<string, Collected>,
): void {
  for (const selection of selections) {
    if (selection.kind === 'field') {
      const known = collected.get(selection.responseKey);
      if (known === undefined) {
        collected.set(selection.responseKey, {
          responseKey: selection.responseKey,
          selections: selection.selections === undefined ? undefined : [...selection.selections],
        });
      } else known.selections?.push(...(selection.selections ?? []));
    } else if (
      selection.typeCondition === undefined ||
      (typeName !== undefined && runtimeTypeNames(schema, [selection.typeCondition]).has(typeName))
    ) {
      collect(selection.selections, schema, typeName, collected);
    }
  }
}
