import { parse } from 'graphql';
import { createOperationCosts, type OperationCost } from '../../../gateway/cost/operation-cost.ts';
import { readSupergraph, type Supergraph } from '../../../gateway/supergraph/supergraph.ts';
import { compose } from '../server/test-graph.ts';

/** Reads a supergraph of one subgraph that links the cost directives; `imports` renames them. */
export function readPriced(sdl: string, imports = '"@cost", "@listSize"'): Supergraph {
  const linked = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n${sdl}`;
  return readSupergraph(compose([{ name: 'priced', sdl: linked, url: 'http://priced.test' }]));
}

/** A list of which nothing is said has 10 items. */
export function costOf(supergraph: Supergraph, text: string, operationName?: string): OperationCost {
  const find = createOperationCosts({ defaultListSize: 10, isStrict: true });
  return find({ document: parse(text), operationName }, supergraph);
}

export function estimate(
  supergraph: Supergraph,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
): number | undefined {
  return costOf(supergraph, text).estimate(variables);
}
