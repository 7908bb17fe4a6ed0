import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Choices } from '../choices.ts';
import { nastyNames } from './nasty-texts.ts';
import { printJson, printLiteral, someValue } from './write-value.ts';

/** What is sent: a document and the texts beside it. */
export interface WrittenDocument {
  readonly query: string;
  /** JSON, or what should be. */
  readonly variables: string | undefined;
  readonly operationName: string | undefined;
}

const maxFragments = 6;

/** An operation over the schema: nearly always one that fits, with fragments, variables, aliases and conditions. */
export function writeOperation(schema: GraphQLSchema, choices: Choices): WrittenDocument {
  const variables = new Map<string, { readonly declared: string; readonly json: string | undefined }>();
  const fragments = new Map<string, string>();
  const roots = [
    schema.getQueryType(),
    schema.getQueryType(),
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ];
  const kinds = ['query', 'query', 'query', 'mutation', 'subscription'];
  const at = choices.below(roots.length);
  const root = roots[at] ?? schema.getQueryType();

  function declare(argument: GraphQLArgument): string {
    const name = choices.oneIn(16) ? choices.pick(nastyNames) : `v${variables.size}`;
    const text = String(argument.type);
    const isWrong = choices.oneIn(16);
    const declared = `$${name}:${isWrong ? '[Int!]!' : text}${choices.oneIn(8) ? `=${printLiteral(someValue(argument.type, choices), choices)}` : ''}`;
    const json = choices.oneIn(10) ? undefined : printJson(someValue(argument.type, choices));
    variables.set(name, { declared, json });
    return `$${name}`;
  }

  function writeArguments(args: readonly GraphQLArgument[]): string {
    const written: string[] = [];
    for (const argument of args) {
      const isNeeded = isNonNullType(argument.type) && argument.defaultValue === undefined;
      if (isNeeded ? choices.oneIn(24) : choices.below(3) !== 2) continue;
      const value =
        choices.below(3) === 2 ? declare(argument) : printLiteral(someValue(argument.type, choices), choices);
      written.push(`${argument.name}:${value}`);
    }
    return written.length === 0 ? '' : `(${written.join(' ')})`;
  }

  function condition(): string {
    if (!choices.oneIn(10)) return '';
    const value = choices.oneIn(3) ? declare(flag) : String(choices.below(2) === 0);
    return ` @${choices.pick(['skip', 'include'])}(if:${value})`;
  }

  function writeSet(type: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const written = [writeOne(), ...choices.some(choices.isUsedUp ? 0 : 3, () => writeOne())];
    return `{${written.join(' ')}}`;

    function writeOne(): string {
      const way = choices.below(12);
      if (depth <= 0 || fields.length === 0 || way === 11)
        return isAbstractType(type) && depth > 0 ? spread() : '__typename';
      if (way === 10) return spread();
      const field = choices.pick(fields);
      const named = getNamedType(field.type);
      const alias = choices.oneIn(8) ? `${choices.oneIn(3) ? choices.pick(nastyNames) : 'x'}:` : '';
      const below = isCompositeType(named) ? writeSet(named, depth - 1) : '';
      return `${alias}${field.name}${writeArguments(field.args)}${condition()}${below}`;
    }

    function spread(): string {
      const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
      const target = members.length > 0 ? choices.pick(members) : type;
      if (choices.below(2) === 0 || fragments.size >= maxFragments)
        return `...on ${target.name}${condition()}${writeSet(target, depth - 1)}`;
      const name = `F${fragments.size}`;
      fragments.set(name, '');
      fragments.set(name, `fragment ${name} on ${target.name}${writeSet(target, depth - 1)}`);
      return `...${name}${condition()}`;
    }
  }

  const flag = { name: 'if', type: schema.getType('Boolean') } as unknown as GraphQLArgument;
  const set = root ? writeSet(root, 1 + choices.below(7)) : '{__typename}';
  const declared = Array.from(variables.values(), (variable) => variable.declared).join(',');
  const name = choices.oneIn(3) ? 'Q' : '';
  const head = `${kinds[at]} ${name}${declared === '' ? '' : `(${declared})`}`;
  const given = [...variables].flatMap(([key, { json }]) =>
    json === undefined ? [] : [`${JSON.stringify(key)}:${json}`],
  );
  return {
    query: [`${head}${set}`, ...fragments.values()].join(choices.oneIn(4) ? '\r\n' : ' '),
    variables: given.length === 0 ? undefined : `{${given.join(',')}}`,
    operationName: name !== '' && choices.below(2) === 0 ? name : undefined,
  };
}
