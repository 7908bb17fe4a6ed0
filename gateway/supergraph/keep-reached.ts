import { type DefinitionNode, type DocumentNode, Kind, type OperationTypeDefinitionNode, visit } from 'graphql';

/**
 * A schema's document without the types that no operation can reach: from its roots, over fields, arguments, the members of unions, the
 * implementations of interfaces and what types implement; and from the arguments of directives. Undefined when there is no query.
 */
export function keepReached(document: DocumentNode): DocumentNode | undefined {
  const definitions = new Map<string, DefinitionNode>();
  const implementations = new Map<string, string[]>();
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    definitions.set(definition.name.value, definition);
    for (const { name } of 'interfaces' in definition ? (definition.interfaces ?? []) : []) {
      implementations.set(name.value, [...(implementations.get(name.value) ?? []), definition.name.value]);
    }
  }
  const roots = listRoots(document);
  if (!roots.some(({ operation, type }) => operation === 'query' && definitions.has(type))) return undefined;
  const queue = roots.map(({ type }) => type);
  const addNames = (node: DefinitionNode): void => {
    visit(node, { NamedType: ({ name }) => void queue.push(name.value) });
  };
  for (const node of document.definitions) if (node.kind === Kind.DIRECTIVE_DEFINITION) addNames(node);
  const reached = new Set<string>();
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = definitions.get(name);
    if (definition === undefined || reached.has(name)) continue;
    reached.add(name);
    addNames(definition);
    queue.push(...(implementations.get(name) ?? []));
  }
  const kept = document.definitions.flatMap((definition): readonly DefinitionNode[] => {
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) {
      return [{ ...definition, operationTypes: onlyReached(definition.operationTypes ?? [], reached) }];
    }
    const isType = 'name' in definition && definition.kind !== Kind.DIRECTIVE_DEFINITION;
    return isType && !reached.has(definition.name?.value ?? '') ? [] : [definition];
  });
  return { ...document, definitions: kept };
}

function onlyReached(types: readonly OperationTypeDefinitionNode[], reached: ReadonlySet<string>) {
  return types.filter(({ type }) => reached.has(type.name.value));
}

/** Without a schema definition the roots have their usual names. */
function listRoots({ definitions }: DocumentNode): readonly { readonly operation: string; readonly type: string }[] {
  const said = definitions
    .filter((node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
    .flatMap(({ operationTypes = [] }) => operationTypes)
    .map(({ operation, type }) => ({ operation: operation as string, type: type.name.value }));
  if (said.length > 0) return said;
  return [
    { operation: 'query', type: 'Query' },
    { operation: 'mutation', type: 'Mutation' },
    { operation: 'subscription', type: 'Subscription' },
  ];
}
