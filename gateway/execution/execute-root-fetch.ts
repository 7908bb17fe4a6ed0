import type { RootFetch } from '../planning/executable-plan.ts';
import { collectObjects, visitPlaces } from '../planning/flatten-path.ts';
import { askSubgraph, type SubgraphError } from './ask-subgraph.ts';
import { type Execution, variableMembers } from './execution.ts';
import { mergeObject } from './merge.ts';
import { renamedPath } from './renamed-path.ts';
import { rewriteOutput } from './rewrite-output.ts';

/** Fetches root fields and merges them at the root of the data, or at the path that the planner gave. */
export async function executeRootFetch(node: RootFetch, execution: Execution): Promise<void> {
  const { plan, data, variables } = execution;
  const answer = await askSubgraph(node.fetch, `{${variableMembers(node.fetch, variables, true)}}`, execution);
  for (const error of answer.errors) addError(error, node, execution, answer.data !== undefined);
  if (answer.data === undefined) return;
  rewriteOutput(answer.data, node.outputRewrites);
  const targets = node.path === undefined ? [data] : collectObjects(data, node.path);
  targets.forEach((target, index) => {
    mergeObject(target, answer.data ?? {}, node.merge, index > 0, plan.interfaceNames);
  });
}

/** An error that names no field and came without data explains every field of the fetch. */
function addError(error: SubgraphError, node: RootFetch, execution: Execution, hasData: boolean): void {
  const tails = error.path
    ? [renamedPath(error.path, node.outputRewrites)]
    : hasData
      ? undefined
      : node.merge.entries.map(({ key }) => [key]);
  if (tails === undefined) {
    execution.errors.add(error);
    return;
  }
  const addAt = (place: readonly (string | number)[]): boolean => {
    for (const tail of tails) execution.errors.add({ ...error, path: [...place, ...tail] });
    return !execution.errors.isFull;
  };
  if (node.path === undefined) addAt([]);
  else visitPlaces(execution.data, node.path, (_object, place) => addAt(place));
}
