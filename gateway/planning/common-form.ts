import {
  type DocumentNode,
  type FieldNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  Kind,
  type NameNode,
  type ObjectValueNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
  TypeInfo,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { takeOperation } from './split-operation.ts';

/** What queries have in common that differ in nothing but their name, their aliases and the values of their arguments. */
export interface CommonForm {
  /** A document of one query without a name, valid where the client's is: its aliases are numbered, and values are variables. */
  readonly text: string;
  /** What the client calls the query. */
  readonly operationName: string | undefined;
  /** The client's aliases, by number. */
  readonly aliases: readonly string[];
  /** What the client wrote as values of arguments, by variable, as a client would send it. */
  readonly literals: Readonly<Record<string, unknown>>;
  /** Where the client wrote them, those that are equal too; undefined where the document has other operations besides. */
  readonly places: readonly LiteralPlace[] | undefined;
}

/** Where in a document's text the value of a variable stands. */
export interface LiteralPlace {
  readonly variable: string;
  readonly start: number;
  readonly end: number;
}

const aliasPrefix = 'k_';
const literalPrefix = 'v_';

/**
 * The common form of the query that is meant in a document. The document is valid if its form is and it has no other definition; the form is valid if
 * the document is. Undefined for anything but a query, for one that looks into the schema, and where its names may become the same as
 * others. Values with variables or nulls in them, and those of custom scalars, stay where they are: their text may mean something else than what a client
 * would send. Values that are written in the same way are one variable, since fields that are merged must have the same arguments.
 * Throws what takeOperation throws.
 */
export function toCommonForm(
  document: DocumentNode,
  operationName: string | undefined,
  schema: GraphQLSchema,
): CommonForm | undefined {
  const chosen = takeOperation(document, operationName);
  const { operation } = chosen;
  const given = operation.variableDefinitions ?? [];
  if (operation.operation !== OperationTypeNode.QUERY || chosen.introspection !== undefined) return undefined;
  const names = new Set<string>();
  const aliases = new Map<string, string>();
  const literals: Record<string, unknown> = {};
  const variables = new Map<string, string>();
  const ours = new Set<VariableNode>();
  const places: LiteralPlace[] = [];
  let [isInDirective, hasOurNames] = [false, false];
  const definitions: VariableDefinitionNode[] = [];

  function numbered({ alias, ...field }: FieldNode): FieldNode {
    if (alias === undefined || alias.value === field.name.value) {
      names.add(field.name.value);
      return field;
    }
    const known = aliases.get(alias.value) ?? `${aliasPrefix}${aliases.size}`;
    aliases.set(alias.value, known);
    return { ...field, alias: nameOf(known) };
  }

  function toVariable(value: ValueNode, type: GraphQLInputType): ValueNode {
    const literal = readLiteral(value, type);
    if (literal === undefined) return value;
    const key = `${type} ${print(value)}`;
    const known = variables.get(key);
    const name = known ?? `${literalPrefix}${variables.size}`;
    const variable: VariableNode = { kind: Kind.VARIABLE, name: nameOf(name) };
    ours.add(variable);
    if (value.loc !== undefined) places.push({ variable: name, start: value.loc.start, end: value.loc.end });
    if (known !== undefined) return variable;
    variables.set(key, name);
    literals[name] = literal;
    definitions.push({
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: parseType(String(type), { noLocation: true }),
    });
    return variable;
  }

  const types = new TypeInfo(schema);
  const common = visit(
    chosen.document,
    visitWithTypeInfo(types, {
      Directive: {
        enter: () => {
          isInDirective = true;
        },
        leave: () => {
          isInDirective = false;
        },
      },
      // Declared or not: what is not valid must not become so.
      Variable(variable) {
        if (!ours.has(variable) && variable.name.value.startsWith(literalPrefix)) hasOurNames = true;
      },
      Field: numbered,
      Argument(argument) {
        const type = isInDirective ? undefined : types.getArgument()?.type;
        return type && { ...argument, value: toVariable(argument.value, type) };
      },
      // Last, for what the fragments after the operation bring.
      Document: {
        leave: (whole) => ({
          ...whole,
          definitions: whole.definitions.map((each) =>
            each.kind === Kind.OPERATION_DEFINITION ? unnamed(each, [...given, ...definitions]) : each,
          ),
        }),
      },
    }),
  );
  if (hasOurNames) return undefined;
  for (const [alias, numberedAlias] of aliases) if (names.has(alias) || names.has(numberedAlias)) return undefined;
  const isAlone = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
  return {
    text: print(common),
    operationName: operation.name?.value,
    aliases: [...aliases.keys()],
    literals,
    places: isAlone ? places : undefined,
  };
}

function unnamed(
  { name: _name, ...operation }: OperationDefinitionNode,
  variableDefinitions: readonly VariableDefinitionNode[],
): OperationDefinitionNode {
  return { ...operation, variableDefinitions };
}

function nameOf(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

/** The client's response key for that of the common form; undefined where they are the same. */
export function clientKeys(aliases: readonly string[]): ReadonlyMap<string, string> {
  return new Map(aliases.map((alias, index) => [`${aliasPrefix}${index}`, alias]));
}

/** A valid literal as a client would send it in a variable of this type; undefined for any other. */
export function readLiteral(value: ValueNode, inputType: GraphQLInputType): unknown {
  const type = getNullableType(inputType);
  if (isListType(type)) {
    if (value.kind !== Kind.LIST) return undefined;
    const items = value.values.map((item) => readLiteral(item, type.ofType));
    return items.includes(undefined) ? undefined : items;
  }
  if (isEnumType(type)) return value.kind === Kind.ENUM && type.getValue(value.value) ? value.value : undefined;
  if (isInputObjectType(type)) return value.kind === Kind.OBJECT ? readObject(value, type) : undefined;
  return readScalar(value, String(type));
}

function readObject({ fields: written }: ObjectValueNode, type: GraphQLInputObjectType): unknown {
  const fields = type.getFields();
  const members = written.map(({ name, value }): [string, unknown] => {
    const field = fields[name.value];
    return [name.value, field && readLiteral(value, field.type)];
  });
  const isWhole = Object.values(fields).every(
    (field) => !isRequiredInputField(field) || members.some(([name]) => name === field.name),
  );
  const isReadable = isWhole && !type.isOneOf && new Set(members.map(([name]) => name)).size === members.length;
  return isReadable && members.every(([, member]) => member !== undefined) ? Object.fromEntries(members) : undefined;
}

function readScalar(value: ValueNode, type: string): unknown {
  const isNumber = value.kind === Kind.INT || value.kind === Kind.FLOAT;
  const number = isNumber ? Number(value.value) : Number.NaN;
  switch (type) {
    case 'String':
      return value.kind === Kind.STRING ? value.value : undefined;
    case 'ID':
      return value.kind === Kind.STRING || value.kind === Kind.INT ? value.value : undefined;
    case 'Boolean':
      return value.kind === Kind.BOOLEAN ? value.value : undefined;
    case 'Int':
      return value.kind === Kind.INT && number === (number | 0) ? number : undefined;
    case 'Float':
      return Number.isFinite(number) ? number : undefined;
    default:
      return undefined;
  }
}
