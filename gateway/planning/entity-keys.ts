import { type ConstDirectiveNode, type GraphQLSchema, isEnumType, isInterfaceType, isObjectType, Kind } from 'graphql';
import { listFieldSets, listFieldsIn } from './field-sets.ts';

/** Names of the fields, at any depth, of the keys by which one subgraph finds entities of a type. */
export type KeyFieldsOf = (typeName: string) => ReadonlySet<string>;

const knownKeys = new WeakMap<GraphQLSchema, Map<string, KeyFieldsOf>>();

/** The keys of the subgraph that a planner calls `serviceName`. An interface's are its implementations' too (@interfaceObject). */
export function keyFieldsIn(supergraphSchema: GraphQLSchema, serviceName: string): KeyFieldsOf {
  const ofServices = knownKeys.get(supergraphSchema) ?? new Map<string, KeyFieldsOf>();
  knownKeys.set(supergraphSchema, ofServices);
  const known =
    ofServices.get(serviceName) ?? rememberByType(findKeyFields(supergraphSchema, serviceName), supergraphSchema);
  ofServices.set(serviceName, known);
  return known;
}

/** Only names that the schema knows: a subgraph could invent one per answer. */
function rememberByType(find: KeyFieldsOf, schema: GraphQLSchema): KeyFieldsOf {
  const byType = new Map<string, ReadonlySet<string>>();
  return (typeName) => {
    const fields = byType.get(typeName) ?? find(typeName);
    if (schema.getType(typeName) !== undefined) byType.set(typeName, fields);
    return fields;
  };
}

function findKeyFields(supergraphSchema: GraphQLSchema, serviceName: string): KeyFieldsOf {
  return (typeName) => {
    const type = supergraphSchema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return new Set();
    const directives = [type, ...type.getInterfaces()].flatMap(({ astNode }) => astNode?.directives ?? []);
    const graph = graphOf(supergraphSchema, serviceName);
    const own = directives.filter((directive) => readArgument(directive, 'graph') === graph);
    return new Set(
      listFieldSets(own, ['key'])
        .flatMap(listFieldsIn)
        .map(({ name }) => name.value),
    );
  };
}

/** The value of join's enum `Graph` that stands for a subgraph. */
function graphOf(schema: GraphQLSchema, serviceName: string): string {
  const graphs = Object.values(schema.getTypeMap()).find((type) => isEnumType(type) && type.name.endsWith('__Graph'));
  const found =
    isEnumType(graphs) &&
    graphs
      .getValues()
      .find(({ astNode }) => astNode?.directives?.some((directive) => readArgument(directive, 'name') === serviceName));
  return found ? found.name : serviceName;
}

function readArgument(directive: ConstDirectiveNode, argumentName: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argumentName)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
