import type { DocumentNode } from 'graphql';
import { compileMergeTree, compositePlaces } from './merge-tree.ts';
import type { PathSegment, PlanNode } from './plan-node.ts';

/**
 * Finds where equal entities may hold one and the same object. In a deep query the same entity appears under fifty
 * reviews; its answer is then stored by reference, walked once and its text written once. That is safe at a place which
 * exactly one fetch writes, and through which no later fetch goes for only some of the parents (a type condition above it).
 */
export function findSharedPlaces(
  nodes: readonly PlanNode[],
  parseFetch: (operation: string) => DocumentNode,
): ReadonlySet<string> {
  const writers = new Map<string, number>();
  const candidates = new Set<string>();
  const refused = new Set<string>();

  function visit(node: PlanNode, base: readonly PathSegment[]): void {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        for (const child of node.nodes) visit(child, base);
        return;
      case 'Condition':
        if (node.ifClause) visit(node.ifClause, base);
        if (node.elseClause) visit(node.elseClause, base);
        return;
      case 'Subscription':
        visit(node.primary, base);
        return;
      case 'Flatten': {
        const path = [...base, ...node.path];
        refuseBelowTypeConditions(path, refused);
        visit(node.node, path);
        return;
      }
      case 'Fetch':
        write(node.operation, node.requires ? '_entities' : undefined, base);
        return;
      case 'BatchFetch':
        for (const alias of node.aliases) {
          for (const path of alias.paths) {
            refuseBelowTypeConditions([...base, ...path], refused);
            write(node.operation, alias.alias, [...base, ...path]);
          }
        }
        return;
      default:
        node satisfies never;
    }
  }

  function write(operation: string, under: string | undefined, path: readonly PathSegment[]): void {
    const place = placeOf(path);
    const document = parseFetch(operation);
    const tree = compileMergeTree({ document, under, outputRewrites: [], isShareable: () => false });
    for (const written of new Set(compositePlaces(tree, place))) writers.set(written, (writers.get(written) ?? 0) + 1);
    if (under === undefined) return;
    for (const entry of tree.entries)
      if (entry.children) candidates.add(place === '' ? entry.key : `${place}.${entry.key}`);
  }

  for (const node of nodes) visit(node, []);
  return new Set([...candidates].filter((place) => writers.get(place) === 1 && !refused.has(place)));
}

/** The response keys of a path, joined by dots. */
export function placeOf(path: readonly PathSegment[]): string {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : [])).join('.');
}

function refuseBelowTypeConditions(path: readonly PathSegment[], refused: Set<string>): void {
  const first = path.findIndex((segment) => segment.kind === 'types');
  if (first === -1) return;
  for (let end = first + 1; end <= path.length; end++) refused.add(placeOf(path.slice(0, end)));
}
