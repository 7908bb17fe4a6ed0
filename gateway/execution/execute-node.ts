import type { ExecutableNode } from '../planning/executable-plan.ts';
import { readOwn } from '../planning/json.ts';
import { executeEntityFetch } from './execute-entity-fetch.ts';
import { executeRootFetch } from './execute-root-fetch.ts';
import type { Execution } from './execution.ts';

/** Runs a node of a plan. Never fails because of a subgraph; rejects when the execution was aborted. */
export async function executeNode(node: ExecutableNode, execution: Execution): Promise<void> {
  switch (node.kind) {
    case 'sequence':
      for (const child of node.nodes) {
        await executeNode(child, execution);
        if (child.kind === 'step' && (readOwn(execution.data, child.stopsWithoutKey) ?? null) === null) return;
      }
      return;
    case 'step':
      return executeNode(node.node, execution);
    case 'parallel':
      await Promise.all(node.nodes.map((child) => executeNode(child, execution)));
      return;
    case 'condition': {
      const branch = execution.variables.get(node.variable) === true ? node.ifClause : node.elseClause;
      if (branch !== undefined) await executeNode(branch, execution);
      return;
    }
    case 'root-fetch':
      return executeRootFetch(node, execution);
    case 'entity-fetch':
      return executeEntityFetch(node, execution);
    default:
      node satisfies never;
  }
}
