import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { ObjectShape, ValueShape } from '../planning/response-shape.ts';

type Path = readonly (string | number)[];

/**
 * Translates data keys to response keys, and cuts an error path where it leaves what the client asked for: keys and required fields are fetched for the plan's sake, and
 * a path must not name them. Undefined when the path's first field is not the client's.
 */
export function clientPath(path: Path, shape: ObjectShape, data: JsonObject): Path | undefined {
  const known = knownPath(path, shape, data);
  return known.length === 0 ? undefined : known;
}

function knownPath(path: Path, root: ObjectShape, data: JsonObject): (string | number)[] {
  const known: (string | number)[] = [];
  let object: ObjectShape | undefined = root;
  let value: unknown = data;
  let shape: ValueShape | undefined;
  for (let index = 0; index < path.length; index++) {
    const key = path[index];
    if (key === undefined) return known;
    if (typeof key === 'number') {
      if (shape?.kind !== 'list') return known;
      known.push(key);
      shape = shape.item;
      value = Array.isArray(value) ? value[key] : undefined;
    } else {
      const field: ObjectShape['fields'][number] | undefined = object?.fields.find(
        (each) => each.dataKey === key && each.value.kind !== 'typename',
      );
      if (field === undefined) return known;
      known.push(field.key);
      shape = field.value;
      value = isJsonObject(value) ? readOwn(value, String(key)) : undefined;
    }
    if (shape.kind !== 'composite') object = undefined;
    else {
      object = shape.only ?? (isJsonObject(value) ? shape.shapeOf(value.__typename) : undefined);
      // The object is null and its type unknown: the rest of the path cannot be checked, and is most likely the client's.
      if (object === undefined) return [...known, ...path.slice(index + 1)];
    }
  }
  return known;
}
