import type { JsonObject } from './json.ts';

// Held weakly: they live as long as the execution's data.
const unknown = new WeakSet<JsonObject>();

/** Remembers that a subgraph answered null for an entity, without an error: what it owns of the entity is null. */
export function markUnknown(entity: JsonObject): void {
  unknown.add(entity);
}

/** True when some subgraph did not know the entity: a field that nobody brought may be missing for that reason. */
export function isUnknown(entity: JsonObject): boolean {
  return unknown.has(entity);
}
