import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type {
  CompositeShape,
  FieldShape,
  LeafShape,
  ObjectShape,
  Refusal,
  ValueShape,
} from '../planning/response-shape.ts';
import type { ExecutionErrors } from './execution-errors.ts';
import { leafText } from './leaf-text.ts';

interface CompletingParts {
  readonly introspection: ReadonlyMap<string, string>;
  readonly errors: ExecutionErrors;
  /** The client's response keys for those of the shape, where they differ (common-form.ts). */
  readonly keys?: ReadonlyMap<string, string> | undefined;
}

interface Completing extends CompletingParts {
  readonly path: (string | number)[];
}

/**
 * Merged data → the JSON text of `data`, exactly as the specification completes values: wrong types become errors, a null
 * where none may be goes up to the nearest field that may be null. Knows the path everywhere, which costs time: the
 * fast writer goes first and this one takes over when that finds anything unusual.
 */
export function completeResponse(shape: ObjectShape, data: JsonObject, parts: CompletingParts): string {
  return completeObject(shape, data, { ...parts, path: [] }) ?? 'null';
}

/** Undefined: a null has to go further up. */
function completeObject(shape: ObjectShape, object: JsonObject, completing: Completing): string | undefined {
  if (shape.refusal !== undefined) {
    refuse(completing, shape.refusal);
    return undefined;
  }
  let text = '';
  for (const field of shape.fields) {
    const written = completeField(shape, field, object, completing);
    if (written === undefined) return undefined;
    text += `${text === '' ? '{' : ','}${JSON.stringify(keyOf(field, completing))}:${written}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

function completeField(
  parent: ObjectShape,
  field: FieldShape,
  object: JsonObject,
  completing: Completing,
): string | undefined {
  if (field.value.kind === 'typename') return JSON.stringify(parent.typeName);
  if (field.value.kind === 'introspection') return completing.introspection.get(field.key) ?? 'null';
  const value = field.isInherited ? readOwn(object, field.dataKey) : object[field.dataKey];
  completing.path.push(keyOf(field, completing));
  const written = completeValue(field.value, value, `${parent.typeName}.${field.name}`, completing);
  completing.path.pop();
  return written;
}

function keyOf({ key }: FieldShape, { keys }: Completing): string {
  return keys?.get(key) ?? key;
}

type CompletedShape = Exclude<ValueShape, { kind: 'typename' | 'introspection' | 'refused' }>;

function completeValue(
  shape: ValueShape,
  value: unknown,
  coordinate: string,
  completing: Completing,
): string | undefined {
  if (shape.kind === 'typename' || shape.kind === 'introspection') return 'null';
  if (shape.kind === 'refused') {
    refuse(completing, shape.refusal);
    return shape.isNonNull ? undefined : 'null';
  }
  if (value === null || value === undefined) {
    if (!shape.isNonNull) return 'null';
    // What a subgraph has explained already is not explained again.
    if (!completing.errors.covers(completing.path)) {
      report(completing, `Cannot return null for non-nullable field ${coordinate}.`);
    }
    return undefined;
  }
  const written = completePresent(shape, value, coordinate, completing);
  return written ?? (shape.isNonNull ? undefined : 'null');
}

function completePresent(
  shape: CompletedShape,
  value: unknown,
  coordinate: string,
  completing: Completing,
): string | undefined {
  switch (shape.kind) {
    case 'leaf':
      return completeLeaf(shape, value, coordinate, completing);
    case 'list':
      return completeList(shape.item, value, coordinate, shape.typeText, completing);
    case 'composite':
      return completeComposite(shape, value, coordinate, completing);
    default:
      return shape satisfies never;
  }
}

function completeLeaf(
  shape: LeafShape,
  value: unknown,
  coordinate: string,
  completing: Completing,
): string | undefined {
  const text = leafText(shape, value);
  if (text === undefined) report(completing, `${coordinate} has a value that is not of type ${shape.typeText}.`);
  return text;
}

function completeList(
  item: ValueShape,
  value: unknown,
  coordinate: string,
  typeText: string,
  completing: Completing,
): string | undefined {
  if (!Array.isArray(value)) {
    report(completing, `${coordinate} has a value that is not of type ${typeText}.`);
    return undefined;
  }
  const items: string[] = [];
  for (let index = 0; index < value.length; index++) {
    completing.path.push(index);
    const written = completeValue(item, value[index], coordinate, completing);
    completing.path.pop();
    if (written === undefined) return undefined;
    items.push(written);
  }
  return `[${items.join(',')}]`;
}

function completeComposite(
  shape: CompositeShape,
  value: unknown,
  coordinate: string,
  completing: Completing,
): string | undefined {
  const object = isJsonObject(value) ? (shape.only ?? shape.shapeOf(value.__typename)) : undefined;
  if (object === undefined) {
    report(completing, `${coordinate} has a value that is not of type ${shape.typeText}.`);
    return undefined;
  }
  return completeObject(object, value as JsonObject, completing);
}

/** One error at each place, as if its resolver had thrown. */
function refuse({ errors, path }: Completing, { message, code }: Refusal): void {
  errors.add({ message, path: [...path], code });
}

function report({ errors, path }: Completing, message: string): void {
  errors.add({ message, path: [...path], code: 'UPSTREAM_INVALID_RESPONSE' });
}
