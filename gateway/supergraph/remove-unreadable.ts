import { type ASTNode, type DocumentNode, Kind, valueFromASTUntyped, visit } from 'graphql';
import {
  inaccessibleIdentity,
  joinIdentity,
  type LinkedFeature,
  linkIdentities,
  specifiedDirective,
  specifiedType,
} from './linked-features.ts';

/**
 * Takes out of a supergraph what a planner has no use for: every linked feature that is not join, link or inaccessible.
 * Apollo's planner refuses a graph that carries @authenticated, @requiresScopes or @policy, and the native one answers
 * a directive it does not know with a schema of its own idea; both see the same, smaller text.
 */
export function removeUnreadable(document: DocumentNode, features: readonly LinkedFeature[]): DocumentNode {
  const isUnreadable = (feature: LinkedFeature | undefined): boolean =>
    feature !== undefined &&
    feature.identity !== joinIdentity &&
    feature.identity !== inaccessibleIdentity &&
    !linkIdentities.has(feature.identity);
  const isUnreadableLink = (url: unknown): boolean =>
    typeof url === 'string' &&
    isUnreadable(features.find(({ identity }) => url === identity || url.startsWith(`${identity}/v`)));

  return visit(document, {
    enter(node: ASTNode) {
      switch (node.kind) {
        case Kind.DIRECTIVE: {
          if (isUnreadable(specifiedDirective(features, node.name.value)?.feature)) return null;
          const url = node.arguments?.find(({ name }) => name.value === 'url' || name.value === 'feature');
          return url !== undefined && isUnreadableLink(valueFromASTUntyped(url.value)) ? null : undefined;
        }
        case Kind.DIRECTIVE_DEFINITION:
          return isUnreadable(specifiedDirective(features, node.name.value)?.feature) ? null : undefined;
        case Kind.SCALAR_TYPE_DEFINITION:
        case Kind.ENUM_TYPE_DEFINITION:
        case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
        case Kind.UNION_TYPE_DEFINITION:
          return isUnreadable(specifiedType(features, node.name.value)?.feature) ? null : undefined;
        default:
          return undefined;
      }
    },
  });
}
