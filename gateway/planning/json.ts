/** An object of a JSON document that came from outside: keys may be missing, wrong, or called `__proto__`. */
export type JsonObject = { [key: string]: unknown };

/** True for what JSON calls an object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True when plain objects inherit something under this key (`constructor`, `toString` …): such a field must be read
 * with `readOwn`, or a subgraph that leaves it out would seem to answer with a function.
 */
export function isInheritedKey(key: string): boolean {
  return key in Object.prototype;
}

/** Reads a key of the object itself, never of its prototype. */
export function readOwn(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
