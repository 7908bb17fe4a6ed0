import type { ExecutionRoute } from '../planning/executable-plan.ts';
import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { CompositeShape, FieldShape, ObjectShape, ValueShape } from '../planning/response-shape.ts';
import { leafText } from './leaf-text.ts';
import { quoted } from './quoted.ts';

/**
 * Writes data that is as it should be, in one pass and without knowing where it is. Undefined when anything is not: then
 * completeResponse does it again, with paths and errors.
 */
export type ResponseWriter = (data: JsonObject, introspection: ReadonlyMap<string, string>) => string | undefined;

type Write = (value: unknown, writing: Writing) => string | undefined;

interface Writing {
  readonly introspection: ReadonlyMap<string, string>;
  /** Texts of objects that stand in many places, by the number of the place. */
  readonly known: (Map<object, string> | undefined)[];
}

interface Compiling {
  readonly sharedPlaces: ReadonlySet<string>;
  places: number;
}

const writers = new WeakMap<ExecutionRoute, ResponseWriter>();

/** The writer of a route: closures made once, one for each field. Deep: 2.5 to 1.8 ms of CPU per request, list of 100: 1.2 to 1.0. */
export function responseWriterOf(route: ExecutionRoute): ResponseWriter {
  const made = writers.get(route);
  if (made !== undefined) return made;
  const write = compileObject(route.shape, { sharedPlaces: route.sharedPlaces, places: 0 });
  const writer: ResponseWriter = (data, introspection) => write(data, { introspection, known: [] });
  writers.set(route, writer);
  return writer;
}

function compileObject(
  shape: ObjectShape,
  compiling: Compiling,
): (object: JsonObject, writing: Writing) => string | undefined {
  const fields = shape.fields.map((field, index) => ({
    label: `${index === 0 ? '{' : ','}${JSON.stringify(field.key)}:`,
    dataKey: field.dataKey,
    isInherited: field.isInherited,
    write: compileField(shape, field, compiling),
  }));
  if (fields.length === 0) return () => '{}';
  return (object, writing) => {
    let text = '';
    for (const field of fields) {
      const value = field.isInherited ? readOwn(object, field.dataKey) : object[field.dataKey];
      const written = field.write(value, writing);
      if (written === undefined) return undefined;
      text += field.label + written;
    }
    return `${text}}`;
  };
}

function compileField(parent: ObjectShape, field: FieldShape, compiling: Compiling): Write {
  if (field.value.kind === 'typename') {
    const text = JSON.stringify(parent.typeName);
    return () => text;
  }
  if (field.value.kind === 'introspection')
    return (_value, { introspection }) => introspection.get(field.key) ?? 'null';
  const write = compileValue(field.value, compiling);
  const place = placeOf(field.value);
  return place !== undefined && compiling.sharedPlaces.has(place) ? remember(write, compiling.places++) : write;
}

/** Where one object stands under many parents its text is made once. */
function remember(write: Write, place: number): Write {
  return (value, writing) => {
    if (typeof value !== 'object' || value === null) return write(value, writing);
    let known = writing.known[place];
    if (known === undefined) {
      known = new Map();
      writing.known[place] = known;
    }
    const before = known.get(value);
    if (before !== undefined) return before;
    const text = write(value, writing);
    if (text !== undefined) known.set(value, text);
    return text;
  };
}

function placeOf(shape: ValueShape): string | undefined {
  if (shape.kind === 'list') return placeOf(shape.item);
  return shape.kind === 'composite' ? shape.place : undefined;
}

function compileValue(shape: ValueShape, compiling: Compiling): Write {
  switch (shape.kind) {
    case 'typename':
    case 'introspection':
      return () => undefined;
    case 'leaf': {
      const ofNull = shape.isNonNull ? undefined : 'null';
      if (shape.leaf === 'String' || shape.leaf === 'ID') {
        const other: Write = (value) => (value === null || value === undefined ? ofNull : leafText(shape, value));
        return (value) => (typeof value === 'string' ? quoted(value) : other(value, nothing));
      }
      return (value) => (value === null || value === undefined ? ofNull : leafText(shape, value));
    }
    case 'list':
      return compileList(compileValue(shape.item, compiling), shape.isNonNull ? undefined : 'null');
    case 'composite':
      return compileComposite(shape, compiling);
    default:
      return shape satisfies never;
  }
}

const nothing: Writing = { introspection: new Map(), known: [] };

function compileList(item: Write, ofNull: string | undefined): Write {
  return (value, writing) => {
    if (!Array.isArray(value)) return value === null || value === undefined ? ofNull : undefined;
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      const written = item(value[index], writing);
      if (written === undefined) return undefined;
      text += index === 0 ? written : `,${written}`;
    }
    return `${text}]`;
  };
}

function compileComposite(shape: CompositeShape, compiling: Compiling): Write {
  const ofNull = shape.isNonNull ? undefined : 'null';
  if (shape.only !== undefined) {
    const write = compileObject(shape.only, compiling);
    return (value, writing) => {
      if (value === null || value === undefined) return ofNull;
      return isJsonObject(value) ? write(value, writing) : undefined;
    };
  }
  // By the shape and not by the name that a subgraph says: the number of shapes is bounded by the schema.
  const byShape = new Map<ObjectShape, ReturnType<typeof compileObject>>();
  return (value, writing) => {
    if (value === null || value === undefined) return ofNull;
    const object = isJsonObject(value) ? shape.shapeOf(value.__typename) : undefined;
    if (object === undefined) return undefined;
    let write = byShape.get(object);
    if (write === undefined) {
      write = compileObject(object, compiling);
      byShape.set(object, write);
    }
    return write(value as JsonObject, writing);
  };
}
