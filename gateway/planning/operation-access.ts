import { type FragmentDefinitionNode, Kind, type SelectionNode } from 'graphql';
import { invariant, shownError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { grantOfKey, nobody } from './access-grant.ts';
import { type AccessCheck, accessRulesOf } from './access-rules.ts';
import { authoriseOperation } from './authorise-operation.ts';
import type { ChosenOperation } from './split-operation.ts';

/** What a caller may see of an operation. */
export interface OperationAccess {
  /** The operation without what may not be seen, to be planned. */
  readonly planned: ChosenOperation;
  /** For the shape of the answer; undefined when nothing is refused. */
  readonly check: AccessCheck | undefined;
  readonly refusals: readonly string[];
}

export interface AccessInput {
  /** As its caller sees it. */
  readonly supergraph: Supergraph;
  readonly access?: string;
  readonly isAllOrNothing?: boolean;
}

/**
 * Decides what of an operation its caller may see. Throws FORBIDDEN or UNAUTHENTICATED when nothing of a subscription is left, and where an
 * operation is all or nothing.
 */
export function accessOf(
  chosen: ChosenOperation,
  { supergraph, access = '', isAllOrNothing }: AccessInput,
): OperationAccess {
  const rules = accessRulesOf(supergraph);
  const grant = grantOfKey(access) ?? nobody;
  if (rules.isEmpty) return { planned: chosen, check: undefined, refusals: [] };
  const check = rules.checkFor(grant);
  const { document, refusals } = authoriseOperation(chosen.document, supergraph.apiSchema, check);
  // An object of a type that may not be seen is found out only when it comes.
  if (document === chosen.document) return { planned: chosen, check, refusals };
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  invariant(operation !== undefined, 'an operation stays one when fields are taken out');
  const definitions = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(definitions.map((fragment) => [fragment.name.value, fragment]));
  const hasLost =
    operation.operation === 'subscription' && !asksForAField(operation.selectionSet.selections, fragments);
  if (isAllOrNothing === true || hasLost) throw shownError(check.code, check.message);
  return { planned: { ...chosen, document, operation, fragments }, check, refusals };
}

/** The root field of a subscription stands in the operation or in its fragments; what was taken out leaves `__typename`. */
function asksForAField(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  return selections.some((node) => {
    if (node.kind === Kind.FIELD) return node.name.value !== '__typename';
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return fragment !== undefined && asksForAField(fragment.selectionSet.selections, fragments);
  });
}
