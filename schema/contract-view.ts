import { type DefinitionNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

const readersDirectives = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/**
 * The part of the API that a contract's readers see: fields that carry its tag, or whose type does, and what these take as arguments. The
 * gateway refuses them everything else.
 */
export function renderContractView(supergraph: string, api: string, contract: string): string {
  const tagged = listTagged(parse(supergraph), contract);
  const document = visit(parse(api), {
    ObjectTypeDefinition: { enter: (type) => keepFields(type, tagged) },
    InterfaceTypeDefinition: { enter: (type) => keepFields(type, tagged) },
    DirectiveDefinition: () => null,
    // What is said to the gateway is not for readers, and would not be defined here.
    Directive: ({ name }) => (readersDirectives.has(name.value) ? undefined : null),
  });
  const reached = listReached(document);
  return document.definitions
    .filter((definition: DefinitionNode) => !('name' in definition) || reached.has(definition.name?.value ?? ''))
    .map(print)
    .join('\n\n');
}

/** Coordinates that carry the tag: `Type` and `Type.field`. */
function listTagged(supergraph: DocumentNode, contract: string): ReadonlySet<string> {
  const tagged = new Set<string>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const places = [
      { coordinate: type.name.value, directives: type.directives },
      ...(type.fields ?? []).map((field) => ({
        coordinate: `${type.name.value}.${field.name.value}`,
        directives: field.directives,
      })),
    ];
    for (const { coordinate, directives = [] } of places) {
      const isTagged = directives.some(
        ({ name, arguments: given = [] }) =>
          name.value === 'tag' && given.some(({ value }) => value.kind === Kind.STRING && value.value === contract),
      );
      if (isTagged) tagged.add(coordinate);
    }
  }
  return tagged;
}

function keepFields<
  Type extends {
    readonly name: { readonly value: string };
    readonly fields?: readonly { readonly name: { readonly value: string } }[];
  },
>(type: Type, tagged: ReadonlySet<string>): Type | null | undefined {
  if (tagged.has(type.name.value)) return undefined;
  const fields = (type.fields ?? []).filter((field) => tagged.has(`${type.name.value}.${field.name.value}`));
  return fields.length === 0 ? null : { ...type, fields };
}

/** The types that can be reached from the roots. */
function listReached(document: DocumentNode): ReadonlySet<string> {
  const definitions = new Map(
    document.definitions.flatMap((node) => ('name' in node && node.name ? [[node.name.value, node] as const] : [])),
  );
  const reached = new Set<string>();
  const queue = ['Query', 'Mutation', 'Subscription'];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = definitions.get(name);
    if (definition === undefined || reached.has(name)) continue;
    reached.add(name);
    visit(definition, { NamedType: (type) => void queue.push(type.name.value) });
    for (const [other, node] of definitions) {
      const implemented = node.kind === Kind.OBJECT_TYPE_DEFINITION ? (node.interfaces ?? []) : [];
      if (implemented.some((type) => type.name.value === name)) queue.push(other);
    }
  }
  return reached;
}
