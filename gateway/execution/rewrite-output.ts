import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { PathSegment, Rewrite } from '../planning/plan-node.ts';

/** Undoes, in a subgraph's answer, the aliases that the planner invented to keep two fields of one name apart. */
export function rewriteOutput(value: unknown, rewrites: readonly Rewrite[]): void {
  for (const rewrite of rewrites) apply(value, rewrite.path, rewrite);
}

function apply(value: unknown, path: readonly PathSegment[], rewrite: Rewrite): void {
  if (Array.isArray(value)) {
    for (const item of value) apply(item, path, rewrite);
    return;
  }
  if (!isJsonObject(value)) return;
  const [first, ...rest] = path;
  if (first === undefined || first.kind === 'list') return;
  if (first.kind === 'types') {
    const typeName = value.__typename;
    if (typeof typeName !== 'string' || first.typeNames.includes(typeName)) apply(value, rest, rewrite);
    return;
  }
  if (rest.length > 0) apply(readOwn(value, first.key), rest, rewrite);
  else change(value, first.key, rewrite);
}

function change(object: JsonObject, key: string, rewrite: Rewrite): void {
  if (rewrite.kind === 'set') {
    object[key] = rewrite.value;
    return;
  }
  const value = readOwn(object, key);
  if (value === undefined) return;
  object[rewrite.to] = value;
  delete object[key];
}
