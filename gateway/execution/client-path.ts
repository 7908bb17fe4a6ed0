import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { CompositeShape, FieldShape, ObjectShape, ValueShape } from '../planning/response-shape.ts';

type Path = readonly (string | number)[];

/**
 * Translates data keys to response keys, and cuts an error path where it leaves what the client asked for: keys and required fields are fetched for the plan's sake, and
 * a path must not name them. `keys` are the client's for the shape's where they differ. Undefined when the path's first field is not the client's.
 */
export function clientPath(
  path: Path,
  shape: ObjectShape,
  data: JsonObject,
  keys?: ReadonlyMap<string, string>,
): Path | undefined {
  const known = knownPath(path, shape, data);
  if (known.length === 0) return undefined;
  return keys === undefined ? known : known.map((key) => (typeof key === 'string' ? (keys.get(key) ?? key) : key));
}

function knownPath(path: Path, root: ObjectShape, data: JsonObject): (string | number)[] {
  const known: (string | number)[] = [];
  let objects: readonly ObjectShape[] = [root];
  let value: unknown = data;
  let shape: ValueShape | undefined;
  for (const key of path) {
    if (typeof key === 'number') {
      if (shape?.kind !== 'list') return known;
      shape = shape.item;
      value = Array.isArray(value) ? value[key] : undefined;
      known.push(key);
    } else {
      const field = findField(objects, key);
      if (field === undefined) return known;
      shape = field.value;
      value = isJsonObject(value) ? readOwn(value, key) : undefined;
      known.push(field.key);
    }
    objects = shape.kind === 'composite' ? shapesFor(shape, value) : [];
  }
  return known;
}

/** The shape of an object, or all it could have had when it is null. */
function shapesFor(shape: CompositeShape, value: unknown): readonly ObjectShape[] {
  const own = shape.only ?? (isJsonObject(value) ? shape.shapeOf(value.__typename) : undefined);
  return own ? [own] : shape.possibleShapes();
}

function findField(objects: readonly ObjectShape[], dataKey: string): FieldShape | undefined {
  for (const object of objects) {
    const field = object.fields.find((each) => each.dataKey === dataKey && each.value.kind !== 'typename');
    if (field !== undefined) return field;
  }
  return undefined;
}
