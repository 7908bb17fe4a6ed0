import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';

/** The schema coordinates whose rules a field or a type stands under. */
export interface AccessCoordinates {
  ofType(type: GraphQLNamedType): ReadonlySet<string>;
  /** The object type's own field; its arguments aside. */
  ofField(typeName: string, fieldName: string): ReadonlySet<string>;
  /** One argument that is given, with everything that can stand in it. */
  ofArgument(typeName: string, fieldName: string, argument: string): ReadonlySet<string>;
}

/**
 * Which rules bind a field of an object: those of the field and its type, of the interfaces that promise them, of what it returns, and of
 * what is fetched for its @requires, and so on from there: a value that is computed from another tells of it. Keys are not among them: they
 * go from one subgraph to another to find an object, and reach a client only where it asks for them as fields.
 */
export function createAccessCoordinates(schema: GraphQLSchema): AccessCoordinates {
  const known = new Map<string, ReadonlySet<string>>();

  function ofType(type: GraphQLNamedType): ReadonlySet<string> {
    const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
    return new Set([type.name, ...interfaces.map(({ name }) => name)]);
  }

  function ofField(typeName: string, fieldName: string): ReadonlySet<string> {
    const coordinate = `${typeName}.${fieldName}`;
    const remembered = known.get(coordinate);
    if (remembered !== undefined) return remembered;
    const found = new Set<string>();
    known.set(coordinate, found); // before it is full: fields may require each other in a circle
    const reached = [{ typeName, fieldName }];
    const visited = new Set<string>();
    for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
      const place = `${next.typeName}.${next.fieldName}`;
      if (visited.has(place)) continue;
      visited.add(place);
      reached.push(...addField(schema, next.typeName, next.fieldName, found, ofType));
    }
    return found;
  }

  return {
    ofType,
    ofField,
    ofArgument(typeName, fieldName, argument) {
      const coordinate = `${typeName}.${fieldName}(${argument}:)`;
      const remembered = known.get(coordinate);
      if (remembered !== undefined) return remembered;
      const found = new Set<string>();
      for (const [owner, field] of declarations(schema, typeName, fieldName)) {
        found.add(`${owner}.${fieldName}(${argument}:)`);
        const type = field.args.find(({ name }) => name === argument)?.type;
        if (type !== undefined) addInput(getNamedType(type), found);
      }
      known.set(coordinate, found);
      return found;
    },
  };
}

/** A field where an object has it, and where its interfaces promise it. */
function declarations(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
): readonly (readonly [owner: string, field: GraphQLField<unknown, unknown>])[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return [type, ...type.getInterfaces()].flatMap((owner) => {
    const field = owner.getFields()[fieldName];
    return field === undefined ? [] : [[owner.name, field] as const];
  });
}

interface FieldPlace {
  readonly typeName: string;
  readonly fieldName: string;
}

/** Adds a field's own coordinates; gives the fields that it requires. */
function addField(
  schema: GraphQLSchema,
  typeName: string,
  fieldName: string,
  found: Set<string>,
  ofType: AccessCoordinates['ofType'],
): readonly FieldPlace[] {
  const type = schema.getType(typeName);
  if (type !== undefined) for (const each of ofType(type)) found.add(each);
  const required: FieldPlace[] = [];
  for (const [owner, field] of declarations(schema, typeName, fieldName)) {
    found.add(`${owner}.${fieldName}`);
    for (const each of ofType(getNamedType(field.type))) found.add(each);
    for (const fieldSet of requiredSets(field.astNode?.directives ?? [])) {
      if (type !== undefined) required.push(...listFields(schema, type, selectionsOf(fieldSet)));
    }
  }
  // What is required of an interface is fetched from whichever implementation stands there.
  if (isInterfaceType(type)) {
    for (const member of schema.getPossibleTypes(type)) required.push({ typeName: member.name, fieldName });
  }
  return required;
}

/** `requires` of join's field directive, whatever the SDL calls it. */
function requiredSets(directives: readonly ConstDirectiveNode[]): readonly string[] {
  return directives
    .filter(({ name }) => name.value.endsWith('field'))
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) => (name.value === 'requires' && value.kind === Kind.STRING ? [value.value] : []));
}

function selectionsOf(fieldSet: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}

function listFields(
  schema: GraphQLSchema,
  parent: GraphQLNamedType,
  selections: readonly SelectionNode[],
): readonly FieldPlace[] {
  return selections.flatMap((selection): readonly FieldPlace[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition && schema.getType(selection.typeCondition.name.value);
      return listFields(schema, type ?? parent, selection.selectionSet.selections);
    }
    const fieldName = selection.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[fieldName] : undefined;
    if (field === undefined) return [];
    const below = getNamedType(field.type);
    const inner = listFields(schema, below, selection.selectionSet?.selections ?? []);
    // A required object of an abstract type may be of each type that can stand there.
    const members = isAbstractType(below) ? schema.getPossibleTypes(below) : [];
    return [
      { typeName: parent.name, fieldName },
      ...inner,
      ...members.flatMap((member) => onMember(member.name, inner, below.name)),
    ];
  });
}

function onMember(member: string, fields: readonly FieldPlace[], typeName: string): readonly FieldPlace[] {
  return fields.flatMap((field) =>
    field.typeName === typeName ? [{ typeName: member, fieldName: field.fieldName }] : [],
  );
}

/** An input stands for everything that can be written into it: whether a variable does is not known when a plan is made. */
function addInput(type: GraphQLNamedType, found: Set<string>): void {
  if (found.has(type.name)) return;
  found.add(type.name);
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    found.add(`${type.name}.${field.name}`);
    addInput(getNamedType(field.type), found);
  }
}
