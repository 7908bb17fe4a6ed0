import {
  type ASTNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DirectiveDefinitionNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import {
  accessIdentities,
  joinIdentity,
  type LinkedFeature,
  linkIdentities,
  specifiedDirective,
} from './linked-features.ts';

/** One directive where it stands, by its specification's name even when the SDL renames it. */
export interface DirectiveUse {
  /** A schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
  readonly coordinate: string;
  /** The linked specification it comes from; undefined for a directive of nobody's. */
  readonly feature: string | undefined;
  /** Values as written, with the definition's defaults. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Who may read a coordinate: all three conditions must hold. Outer lists are "or", inner lists are "and". */
export interface AccessRule {
  readonly isAuthenticated: boolean;
  readonly scopes: readonly (readonly string[])[];
  readonly policies: readonly (readonly string[])[];
}

export interface DirectiveTables {
  /** From @authenticated, @requiresScopes and @policy, by coordinate. */
  readonly access: ReadonlyMap<string, AccessRule>;
  /** Every other directive (cost, listSize, tag, and the graph's own), by its name without `@`, then by coordinate. */
  readonly uses: ReadonlyMap<string, ReadonlyMap<string, readonly DirectiveUse[]>>;
}

/** Reads what the supergraph's directives say, without knowing what they mean: whoever needs one looks it up by name. */
export function readDirectiveTables(document: DocumentNode, features: readonly LinkedFeature[]): DirectiveTables {
  const definitions = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.DIRECTIVE_DEFINITION)
      .map((node): [string, DirectiveDefinitionNode] => [node.name.value, node]),
  );
  const access = new Map<string, AccessRule>();
  const uses = new Map<string, Map<string, DirectiveUse[]>>();

  for (const [coordinate, directive] of listDirectives(document)) {
    const known = specifiedDirective(features, directive.name.value);
    const identity = known?.feature.identity;
    if (identity !== undefined && (linkIdentities.has(identity) || identity === joinIdentity)) continue;
    const values = readValues(directive, definitions.get(directive.name.value));
    const name = known?.name ?? directive.name.value;
    if (identity !== undefined && accessIdentities.has(identity)) {
      access.set(coordinate, addToRule(access.get(coordinate), name, values));
    } else {
      const byCoordinate = uses.get(name) ?? new Map<string, DirectiveUse[]>();
      uses.set(name, byCoordinate);
      byCoordinate.set(coordinate, [
        ...(byCoordinate.get(coordinate) ?? []),
        { coordinate, feature: identity, values },
      ]);
    }
  }
  return { access, uses };
}

function* listDirectives(document: DocumentNode): Generator<[coordinate: string, ConstDirectiveNode]> {
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION:
        yield* onNode(definition.name.value, definition);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        yield* onNode(definition.name.value, definition);
        for (const field of definition.fields ?? []) {
          const coordinate = `${definition.name.value}.${field.name.value}`;
          yield* onNode(coordinate, field);
          yield* onArguments(coordinate, field.arguments);
        }
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        yield* onNode(definition.name.value, definition);
        for (const field of definition.fields ?? [])
          yield* onNode(`${definition.name.value}.${field.name.value}`, field);
        break;
      case Kind.ENUM_TYPE_DEFINITION:
        yield* onNode(definition.name.value, definition);
        for (const value of definition.values ?? [])
          yield* onNode(`${definition.name.value}.${value.name.value}`, value);
        break;
      default:
        break; // The schema's own are links, a directive definition's arguments carry none, and a supergraph has no extensions.
    }
  }
}

function* onArguments(
  coordinate: string,
  nodes: readonly InputValueDefinitionNode[] = [],
): Generator<[string, ConstDirectiveNode]> {
  for (const node of nodes) yield* onNode(`${coordinate}(${node.name.value}:)`, node);
}

function* onNode(
  coordinate: string,
  node: ASTNode & { readonly directives?: readonly ConstDirectiveNode[] | undefined },
): Generator<[string, ConstDirectiveNode]> {
  for (const directive of node.directives ?? []) yield [coordinate, directive];
}

function readValues(directive: ConstDirectiveNode, definition: DirectiveDefinitionNode | undefined) {
  const values: Record<string, unknown> = Object.create(null);
  const set = (name: string, node: ConstValueNode): void => {
    values[name] = valueFromASTUntyped(node);
  };
  for (const argument of definition?.arguments ?? []) {
    if (argument.defaultValue !== undefined) set(argument.name.value, argument.defaultValue);
  }
  for (const argument of directive.arguments ?? []) set(argument.name.value, argument.value);
  return values;
}

/** A type may gather the same directive from several subgraphs; each of them narrows: conditions are added, never replaced. */
function addToRule(rule: AccessRule | undefined, name: string, values: Readonly<Record<string, unknown>>): AccessRule {
  const old = rule ?? { isAuthenticated: false, scopes: [], policies: [] };
  switch (name) {
    case 'requiresScopes':
      return { ...old, scopes: both(old.scopes, toAlternatives(values.scopes)) };
    case 'policy':
      return { ...old, policies: both(old.policies, toAlternatives(values.policies)) };
    default:
      return { ...old, isAuthenticated: true };
  }
}

/** (a or b) and (c or d) = ac or ad or bc or bd; no alternatives yet means no condition yet. */
function both(left: AccessRule['scopes'], right: AccessRule['scopes']): AccessRule['scopes'] {
  if (left.length === 0) return right;
  return left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])]));
}

function toAlternatives(value: unknown): readonly (readonly string[])[] {
  return (Array.isArray(value) ? value : [value]).map((all) => (Array.isArray(all) ? all : [all]).map(String));
}
