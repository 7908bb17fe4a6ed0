import type { DocumentNode } from 'graphql';
import { Kind, visit } from 'graphql';
import type { VariableValues } from './compile-variables.ts';
import { compileResponseShape, type ObjectShape, type ShapeInput } from './response-shape.ts';

/** A response shape and the writer made for it once it proved to be used often (see execution/response-writer.ts). */
export interface CompiledShape {
  readonly root: ObjectShape;
  /** Places where equal entities hold the same object, so that its text can be kept and used again within one response. */
  readonly sharedPlaces: ReadonlySet<string>;
}

// An operation with k conditions has 2^k shapes; few are in use at a time.
const maxVariants = 16;

/** Keeps one shape per combination of the operation's @skip and @include variables, at most 16, the oldest going first. */
export function createShapeVariants(
  document: DocumentNode,
  input: Omit<ShapeInput, 'condition'>,
  sharedPlaces: ReadonlySet<string>,
): (variables: VariableValues) => CompiledShape {
  const names = conditionVariables(document);
  const variants = new Map<string, CompiledShape>();
  return (variables) => {
    let key = '';
    for (const name of names) key += variables.get(name) === true ? '1' : '0';
    const known = variants.get(key);
    if (known !== undefined) return known;
    const root = compileResponseShape({ ...input, condition: (variable) => variables.get(variable) === true });
    const shape: CompiledShape = { root, sharedPlaces };
    const oldest = variants.size >= maxVariants ? variants.keys().next().value : undefined;
    if (oldest !== undefined) variants.delete(oldest);
    variants.set(key, shape);
    return shape;
  };
}

function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return;
      const value = node.arguments?.[0]?.value;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
