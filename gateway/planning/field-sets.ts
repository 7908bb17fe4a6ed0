import { type ConstDirectiveNode, type FieldNode, Kind, parse, visit } from 'graphql';

type FieldSetArgument = 'key' | 'requires' | 'provides';

/** The field sets that directives of join give under these arguments, whatever the SDL calls join. */
export function listFieldSets(
  directives: readonly ConstDirectiveNode[],
  names: readonly FieldSetArgument[],
): readonly string[] {
  return directives
    .filter(({ name }) => name.value.endsWith('__type') || name.value.endsWith('__field'))
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) => {
      return names.some((each) => each === name.value) && value.kind === Kind.STRING ? [value.value] : [];
    });
}

/** The fields of a field set, at any depth. */
export function listFieldsIn(fieldSet: string): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), { Field: (field) => void fields.push(field) });
  return fields;
}
