import type { EntityFetch, EntityGroup } from '../planning/executable-plan.ts';
import { collectObjects, visitPlaces } from '../planning/flatten-path.ts';
import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import { askSubgraph, invalidAnswer, type SubgraphError } from './ask-subgraph.ts';
import { type Execution, variableMembers } from './execution.ts';
import { copyValue, mergeObject } from './merge.ts';
import { renamedPath } from './renamed-path.ts';
import { rewriteOutput } from './rewrite-output.ts';

/** The distinct representations of a group, and which object of the data waits for which of them. */
interface Representations {
  readonly texts: readonly string[];
  readonly indexes: ReadonlyMap<string, number>;
  /** One list per path of the group. */
  readonly targets: readonly (readonly Target[])[];
}

interface Target {
  readonly object: JsonObject;
  readonly index: number;
}

/** Collects entities, sends each distinct representation once, and merges the answers wherever they belong. */
export async function executeEntityFetch(node: EntityFetch, execution: Execution): Promise<void> {
  const collected = node.groups.map((group) => collectRepresentations(group, execution.data));
  if (collected.every(({ texts }) => texts.length === 0)) return;
  const members = node.groups.map((group, at) => `${group.label}[${collected[at]?.texts.join(',') ?? ''}]`).join(',');
  const variablesText = `{${members}${variableMembers(node.fetch, execution.variables, false)}}`;
  const answer = await askSubgraph(node.fetch, variablesText, execution);
  const errors = [...answer.errors];
  const lists = node.groups.map((group, at) => {
    const list = answer.data === undefined ? undefined : readOwn(answer.data, group.alias);
    const expected = collected[at]?.texts.length ?? 0;
    if (Array.isArray(list) && list.length === expected) return list;
    // `_entities: [_Any]!` may be null only where an error says so.
    if (expected > 0 && errors.length === 0) errors.push(invalidAnswer);
    return undefined;
  });
  for (const error of errors) addError(error, node, collected, lists, execution);
  node.groups.forEach((group, at) => {
    const list = lists[at];
    const representations = collected[at];
    if (list && representations) mergeEntities(group, list, representations, execution.plan.interfaceNames);
  });
}

function collectRepresentations(group: EntityGroup, data: JsonObject): Representations {
  const indexes = new Map<string, number>();
  const texts: string[] = [];
  const targets = group.paths.map((path) => {
    const list: Target[] = [];
    for (const object of collectObjects(data, path)) {
      const text = group.write(object);
      if (text === undefined) continue;
      let index = indexes.get(text);
      if (index === undefined) {
        index = texts.length;
        indexes.set(text, index);
        texts.push(text);
      }
      list.push({ object, index });
    }
    return list;
  });
  return { texts, indexes, targets };
}

/** Within one path equal entities share what came for them; another path gets its own copy, since its later fetches differ. */
function mergeEntities(
  group: EntityGroup,
  list: readonly unknown[],
  { targets }: Representations,
  interfaceNames: ReadonlySet<string>,
): void {
  for (const entity of list) rewriteOutput(entity, group.outputRewrites);
  const usedBefore = new Set<number>();
  targets.forEach((ofPath, pathIndex) => {
    const own = new Map<number, JsonObject>();
    const merged = new Set<number>();
    for (const { object, index } of ofPath) {
      let entity = own.get(index);
      if (entity === undefined) {
        const incoming = list[index];
        if (!isJsonObject(incoming)) continue;
        const mustCopy = pathIndex > 0 && usedBefore.has(index);
        entity = mustCopy ? (copyValue(incoming, group.merge) as JsonObject) : incoming;
        own.set(index, entity);
      }
      mergeObject(object, entity, group.merge, merged.has(index), interfaceNames);
      merged.add(index);
    }
    for (const index of merged) usedBefore.add(index);
  });
}

/**
 * An error of one entity appears at every place of the response where that entity stands. One that names no entity explains
 * the fields of every entity that got no answer.
 */
function addError(
  error: SubgraphError,
  node: EntityFetch,
  collected: readonly Representations[],
  lists: readonly (readonly unknown[] | undefined)[],
  execution: Execution,
): void {
  const [alias, index, ...tail] = error.path ?? [];
  const at = node.groups.findIndex((group) => group.alias === alias);
  const group = node.groups[at];
  if (group === undefined || typeof index !== 'number') {
    if (lists.every((list) => list !== undefined)) execution.errors.add({ ...error, path: undefined });
    node.groups.forEach((each, groupAt) => {
      if (lists[groupAt] === undefined) addToFields(error, each, collected[groupAt], execution);
    });
    return;
  }
  const ownTail = renamedPath(tail, group.outputRewrites);
  for (const path of group.paths) {
    visitPlaces(execution.data, path, (object, place) => {
      const text = group.write(object);
      if (text !== undefined && collected[at]?.indexes.get(text) === index) {
        execution.errors.add({ ...error, path: [...place, ...ownTail] });
      }
      return !execution.errors.isFull;
    });
  }
}

function addToFields(
  error: SubgraphError,
  group: EntityGroup,
  representations: Representations | undefined,
  execution: Execution,
): void {
  for (const path of group.paths) {
    visitPlaces(execution.data, path, (object, place) => {
      const text = group.write(object);
      if (text === undefined || !representations?.indexes.has(text)) return true;
      for (const { key } of group.merge.entries) {
        if (readOwn(object, key) === undefined) execution.errors.add({ ...error, path: [...place, key] });
      }
      return !execution.errors.isFull;
    });
  }
}
