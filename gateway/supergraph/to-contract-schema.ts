import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  specifiedScalarTypes,
  type TypeNode,
  type UnionTypeDefinitionNode,
  validateSchema,
} from 'graphql';
import { shownError } from '../errors.ts';
import type { DirectiveTables } from './directive-tables.ts';
import { keepReached } from './keep-reached.ts';
import { tagIdentity } from './linked-features.ts';

/** What somebody sees for whom nothing is there: only `__typename` can be asked for. */
export const emptySchema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: {} }),
  assumeValid: true,
});

/**
 * The part of an API that a contract's callers see, as contracts include by `@tag(name:)`: fields of objects and interfaces that carry the tag, or whose type
 * does, and unions that do. A field whose type is not in the contract is not in it either, and what cannot be reached is not there. Arguments, enums, scalars
 * and inputs come along; where some of a field's arguments, an enum's values or an input's fields carry the tag, only those do.
 * Throws SUPERGRAPH_INVALID when what is left is no schema.
 */
export function toContractSchema(api: DocumentNode, directives: DirectiveTables, contract: string): GraphQLSchema {
  const isTagged = listTagged(directives, contract);
  let definitions = api.definitions.map((definition) => keepTagged(definition, isTagged, contract));
  for (let before = -1; before !== countFields(definitions); ) {
    before = countFields(definitions);
    definitions = dropDangling(definitions);
  }
  const document = keepReached({ ...api, definitions });
  if (document === undefined) return emptySchema;
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  const [problem] = validateSchema(schema);
  if (problem === undefined) return schema;
  throw shownError('SUPERGRAPH_INVALID', `the contract "${contract}" is no schema: ${problem.message}`);
}

type IsTagged = (coordinate: string) => boolean;

function listTagged({ uses }: DirectiveTables, contract: string): IsTagged {
  const tagged = new Set<string>();
  for (const [coordinate, tags] of uses.get('tag') ?? []) {
    if (tags.some(({ feature, values }) => feature === tagIdentity && values.name === contract)) tagged.add(coordinate);
  }
  return (coordinate) => tagged.has(coordinate);
}

function keepTagged(definition: DefinitionNode, isTagged: IsTagged, contract: string): DefinitionNode {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return { ...definition, fields: keepFields(definition, isTagged, contract) };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...definition, fields: keepInputs(definition, isTagged, contract) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...definition, values: keepValues(definition, isTagged) };
    case Kind.UNION_TYPE_DEFINITION:
      return isTagged(definition.name.value) ? definition : { ...definition, types: [] };
    default:
      return definition;
  }
}

function keepFields(
  { name: { value: type }, fields = [] }: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  isTagged: IsTagged,
  contract: string,
): readonly FieldDefinitionNode[] {
  const own = isTagged(type) ? fields : fields.filter(({ name }) => isTagged(`${type}.${name.value}`));
  return own.map((field) => {
    const coordinateOf = ({ name }: InputValueDefinitionNode) => `${type}.${field.name.value}(${name.value}:)`;
    return { ...field, arguments: keepSome(field.arguments, coordinateOf, isTagged, contract) };
  });
}

function keepInputs(
  { name, fields }: InputObjectTypeDefinitionNode,
  isTagged: IsTagged,
  contract: string,
): readonly InputValueDefinitionNode[] {
  const isWhole: IsTagged = (coordinate) => isTagged(name.value) || isTagged(coordinate);
  return keepSome(fields, (field) => `${name.value}.${field.name.value}`, isWhole, contract);
}

function keepSome(
  inputs: readonly InputValueDefinitionNode[] = [],
  coordinateOf: (input: InputValueDefinitionNode) => string,
  isTagged: IsTagged,
  contract: string,
): readonly InputValueDefinitionNode[] {
  const kept = inputs.filter((input) => isTagged(coordinateOf(input)));
  if (kept.length === 0) return inputs;
  const missing = inputs.find((input) => isRequired(input) && !kept.includes(input));
  if (missing === undefined) return kept;
  throw shownError(
    'SUPERGRAPH_INVALID',
    `the contract "${contract}" leaves out ${coordinateOf(missing)}, which must be given`,
  );
}

function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}

function keepValues({ name, values = [] }: EnumTypeDefinitionNode, isTagged: IsTagged) {
  const kept = values.filter((value) => isTagged(`${name.value}.${value.name.value}`));
  return kept.length === 0 || isTagged(name.value) ? values : kept;
}

type OutputType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | UnionTypeDefinitionNode;

function isOutputType(definition: DefinitionNode): definition is OutputType {
  const { kind } = definition;
  return (
    kind === Kind.OBJECT_TYPE_DEFINITION ||
    kind === Kind.INTERFACE_TYPE_DEFINITION ||
    kind === Kind.UNION_TYPE_DEFINITION
  );
}

/** Takes out the types that have nothing left, and what names them. */
function dropDangling(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const kept = definitions.filter((definition) => !isOutputType(definition) || sizeOf(definition) > 0);
  const names = new Set([
    ...specifiedScalarTypes.map(({ name }) => name),
    ...kept.flatMap((definition) => ('name' in definition && definition.name ? [definition.name.value] : [])),
  ]);
  return kept.map((definition): DefinitionNode => {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const fields = definition.fields?.filter(({ type }) => names.has(namedType(type))) ?? [];
        const interfaces = definition.interfaces?.filter(({ name }) => names.has(name.value)) ?? [];
        return { ...definition, fields, interfaces };
      }
      case Kind.UNION_TYPE_DEFINITION:
        return { ...definition, types: definition.types?.filter(({ name }) => names.has(name.value)) ?? [] };
      default:
        return definition;
    }
  });
}

function sizeOf(definition: OutputType): number {
  return (definition.kind === Kind.UNION_TYPE_DEFINITION ? definition.types : definition.fields)?.length ?? 0;
}

function countFields(definitions: readonly DefinitionNode[]): number {
  return definitions.filter(isOutputType).reduce((sum, definition) => sum + sizeOf(definition), definitions.length);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
