import {
  type ASTNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { Operation } from './operation.ts';
import { placeholder } from './placeholder.ts';

/** The operation without @skip and @include: what they leave out is gone, and so are the fragments and variables only that used. */
export function applyConditions({ document, variables }: Operation): Operation {
  const prune = { enter: (node: Conditional) => (isKept(node, variables) ? { ...node, directives: [] } : null) };
  const pruned: DocumentNode = visit(document, {
    Field: prune,
    InlineFragment: prune,
    FragmentSpread: prune,
    SelectionSet: { leave: fillEmpty },
  });
  const used = namesInUse(pruned);
  const definitions = pruned.definitions.flatMap((definition): readonly DefinitionNode[] => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return used.fragments.has(definition.name.value) ? [definition] : [];
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [definition];
    const isUsed = ({ variable }: VariableDefinitionNode): boolean => used.variables.has(variable.name.value);
    return [{ ...definition, variableDefinitions: (definition.variableDefinitions ?? []).filter(isUsed) }];
  });
  return {
    document: { ...pruned, definitions },
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => used.variables.has(name))),
  };
}

interface Conditional {
  readonly directives?: readonly DirectiveNode[] | undefined;
}

function isKept({ directives = [] }: Conditional, variables: Operation['variables']): boolean {
  return directives.every((directive) => {
    const value = directive.arguments?.[0]?.value;
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return directive.name.value === 'skip' ? !isTrue : isTrue;
  });
}

function fillEmpty(node: SelectionSetNode): SelectionSetNode | undefined {
  return node.selections.length > 0 ? undefined : { ...node, selections: [placeholder] };
}

/** Fragments and variables that the operation reaches. */
function namesInUse(document: DocumentNode): { readonly fragments: Set<string>; readonly variables: Set<string> } {
  const fragments = new Set<string>();
  const variables = new Set<string>();
  const walk = (start: ASTNode | undefined): void => {
    if (start === undefined) return;
    visit(start, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name }) {
        if (fragments.has(name.value)) return;
        fragments.add(name.value);
        walk(
          document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name.value),
        );
      },
    });
  };
  walk(document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION));
  return { fragments, variables };
}
