import type { EntityFetch, EntityGroup } from '../planning/executable-plan.ts';
import { visitPlaces } from '../planning/flatten-path.ts';
import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import { markUnknown } from '../planning/unknown-entities.ts';
import { askSubgraph, invalidAnswer, type SubgraphError } from './ask-subgraph.ts';
import { collectRepresentations, type Representations } from './collect-representations.ts';
import { type Execution, variableMembers } from './execution.ts';
import { copyValue, mergeObject } from './merge.ts';
import { renamedPath } from './renamed-path.ts';
import { rewriteOutput } from './rewrite-output.ts';

/** Collects entities, sends each distinct representation once, and merges the answers wherever they belong. */
export async function executeEntityFetch(node: EntityFetch, execution: Execution): Promise<void> {
  const collected = node.groups.map((group) => collectRepresentations(group, execution.data));
  if (collected.every(({ texts }) => texts.length === 0)) return;
  const members = node.groups.map((group, at) => `${group.label}[${collected[at]?.list ?? ''}]`).join(',');
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
    if (!list || !representations) return;
    mergeEntities(group, list, representations, errors, execution.plan.interfaceNames);
  });
}

/**
 * Within one path equal entities share what came for them; another path gets its own copy, since its later fetches differ.
 * One that is null and not among those that failed is not known to the subgraph.
 */
function mergeEntities(
  group: EntityGroup,
  list: readonly unknown[],
  { targets, texts }: Representations,
  errors: readonly SubgraphError[],
  interfaceNames: ReadonlySet<string>,
): void {
  if (group.outputRewrites.length > 0) for (const entity of list) rewriteOutput(entity, group.outputRewrites);
  const failed = new Set(errors.map(({ path }) => (path?.[0] === group.alias ? path[1] : undefined)));
  const usedBefore = new Array<boolean>(texts.length).fill(false);
  for (const { objects, indexes } of targets) {
    const own = new Array<JsonObject | undefined>(texts.length).fill(undefined);
    for (let at = 0; at < objects.length; at++) {
      const index = indexes[at] ?? 0;
      const object = objects[at];
      const used = own[index];
      const incoming = used ?? list[index];
      if (object !== undefined && incoming === null && !failed.has(index)) markUnknown(object);
      if (object === undefined || !isJsonObject(incoming)) continue;
      const mustCopy = used === undefined && usedBefore[index] === true;
      const entity = mustCopy ? (copyValue(incoming, group.merge) as JsonObject) : incoming;
      own[index] = entity;
      mergeObject(object, entity, group.merge, used !== undefined, interfaceNames);
    }
    for (let index = 0; index < own.length; index++) if (own[index] !== undefined) usedBefore[index] = true;
  }
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
      const text = group.write.forType(object.__typename)?.write(object);
      if (text !== undefined && collected[at]?.texts[index] === text) {
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
      const text = group.write.forType(object.__typename)?.write(object);
      if (text === undefined || !representations?.texts.includes(text)) return true;
      for (const { key } of group.merge.entries) {
        if (readOwn(object, key) === undefined) execution.errors.add({ ...error, path: [...place, key] });
      }
      return !execution.errors.isFull;
    });
  }
}
