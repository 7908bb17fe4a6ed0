import {
  type ASTNode,
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  validateSchema,
  visit,
} from 'graphql';
import { shownError } from '../errors.ts';
import { inaccessibleIdentity, type LinkedFeature, specifiedDirective, specifiedType } from './linked-features.ts';

/** What GraphQL itself says about a schema; all other directives of a supergraph are not for clients. */
const specified: ReadonlySet<string> = new Set(['deprecated', 'specifiedBy', 'oneOf']);
const executable: ReadonlySet<string> = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);

/**
 * What clients see of a supergraph: no feature's types or directives, nothing @inaccessible, and of the
 * graph's own directives those that may stand in a document.
 */
export function toApiDocument(document: DocumentNode, features: readonly LinkedFeature[]): DocumentNode {
  const isInaccessible = (directives: readonly ConstDirectiveNode[] | undefined): boolean =>
    directives?.some(
      ({ name }) => specifiedDirective(features, name.value)?.feature.identity === inaccessibleIdentity,
    ) ?? false;
  const hiddenTypes = new Set<string>();
  for (const node of document.definitions) {
    if (!('name' in node) || node.name === undefined || node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const isHidden = 'directives' in node && isInaccessible(node.directives as readonly ConstDirectiveNode[]);
    if (isHidden || specifiedType(features, node.name.value) !== undefined) hiddenTypes.add(node.name.value);
  }

  return visit(document, {
    enter(node: ASTNode) {
      switch (node.kind) {
        case Kind.DIRECTIVE:
          return specified.has(node.name.value) ? undefined : null;
        case Kind.DIRECTIVE_DEFINITION: {
          const locations = node.locations.filter(({ value }) => executable.has(value));
          const isFeatures = specifiedDirective(features, node.name.value) !== undefined;
          return isFeatures || locations.length === 0 ? null : { ...node, locations };
        }
        case Kind.NAMED_TYPE:
          return undefined;
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
          if (hiddenTypes.has(node.name.value)) return null;
          return { ...node, interfaces: node.interfaces?.filter(({ name }) => !hiddenTypes.has(name.value)) ?? [] };
        case Kind.UNION_TYPE_DEFINITION:
          if (hiddenTypes.has(node.name.value)) return null;
          return { ...node, types: node.types?.filter(({ name }) => !hiddenTypes.has(name.value)) ?? [] };
        case Kind.SCALAR_TYPE_DEFINITION:
        case Kind.ENUM_TYPE_DEFINITION:
        case Kind.INPUT_OBJECT_TYPE_DEFINITION:
          return hiddenTypes.has(node.name.value) ? null : undefined;
        case Kind.OPERATION_TYPE_DEFINITION:
          return hiddenTypes.has(node.type.name.value) ? null : undefined;
        case Kind.FIELD_DEFINITION:
        case Kind.INPUT_VALUE_DEFINITION:
        case Kind.ENUM_VALUE_DEFINITION:
          return isInaccessible(node.directives) ? null : undefined;
        default:
          return undefined;
      }
    },
  });
}

/** Throws SUPERGRAPH_INVALID when it is not a valid schema. */
export function toApiSchema(visible: DocumentNode): GraphQLSchema {
  const schema = buildASTSchema(visible, { assumeValidSDL: true });
  const [problem] = validateSchema(schema);
  if (problem !== undefined) throw shownError('SUPERGRAPH_INVALID', problem.message, { cause: problem });
  return schema;
}
