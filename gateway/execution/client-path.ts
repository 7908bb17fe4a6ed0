import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { ObjectShape, ValueShape } from '../planning/response-shape.ts';

type Path = readonly (string | number)[];

/**
 * Cuts an error path where it leaves what the client asked for: keys and required fields are fetched for the plan's sake, and
 * a path must not name them. Undefined when the path's first field is not the client's.
 */
export function clientPath(path: Path, shape: ObjectShape, data: JsonObject): Path | undefined {
  const length = knownLength(path, shape, data);
  return length === 0 ? undefined : path.slice(0, length);
}

function knownLength(path: Path, root: ObjectShape, data: JsonObject): number {
  let object: ObjectShape | undefined = root;
  let value: unknown = data;
  let shape: ValueShape | undefined;
  for (let index = 0; index < path.length; index++) {
    const key = path[index];
    if (typeof key === 'number') {
      if (shape?.kind !== 'list') return index;
      shape = shape.item;
      value = Array.isArray(value) ? value[key] : undefined;
    } else {
      const field: ObjectShape['fields'][number] | undefined = object?.fields.find((each) => each.key === key);
      if (field === undefined) return index;
      shape = field.value;
      value = isJsonObject(value) ? readOwn(value, String(key)) : undefined;
    }
    if (shape.kind !== 'composite') object = undefined;
    else {
      object = shape.only ?? (isJsonObject(value) ? shape.shapeOf(value.__typename) : undefined);
      // The object is null and its type unknown: the rest of the path cannot be checked, and is most likely the client's.
      if (object === undefined) return path.length;
    }
  }
  return path.length;
}
