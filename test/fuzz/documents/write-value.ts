import {
  type GraphQLInputType,
  type GraphQLNamedInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Choices } from '../choices.ts';
import { nastyNames, someText, toLiteral } from './nasty-texts.ts';

/** An enum's value: a name in a literal, a text in JSON. */
export class EnumName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return this.name;
  }
}

/** JSON that no JavaScript value prints as, such as 1e309 or two equal keys. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const numbers = [
  '0',
  '1',
  '-1',
  '10',
  '101',
  '2147483648',
  '-2147483649',
  '1.5',
  '1e309',
  '-0',
  '9007199254740993',
  '00',
  '0x10',
];

/** A value for a type: nearly always one that fits, sometimes anything. */
export function someValue(type: GraphQLInputType, choices: Choices, depth = 3): unknown {
  if (choices.oneIn(12)) return anyValue(choices, depth);
  if (isNonNullType(type)) return someValue(type.ofType as GraphQLInputType, choices, depth);
  if (choices.oneIn(12)) return null;
  if (isListType(type)) {
    if (depth <= 0) return [];
    const items = choices.some(3, () => someValue(type.ofType as GraphQLInputType, choices, depth - 1));
    const [first] = items;
    return choices.oneIn(20) && first !== undefined ? Array.from({ length: choices.below(300) }, () => first) : items;
  }
  return someNamed(type as GraphQLNamedInputType, choices, depth);
}

function someNamed(type: GraphQLNamedInputType, choices: Choices, depth: number): unknown {
  if (isEnumType(type)) {
    const values = type.getValues().map(({ name }) => name);
    return new EnumName(choices.oneIn(10) ? `${choices.pick(values)}X` : choices.pick(values));
  }
  if (isInputObjectType(type)) {
    const object: Record<string, unknown> = Object.create(null);
    for (const field of Object.values(type.getFields())) {
      const isNeeded = isNonNullType(field.type) && field.defaultValue === undefined;
      if (isNeeded ? choices.oneIn(20) : depth <= 0 || choices.below(3) !== 2) continue;
      object[field.name] = someValue(field.type, choices, depth - 1);
    }
    // A key too many: what mass assignment tries.
    if (choices.oneIn(10)) object[choices.pick([...nastyNames, 'role', 'price', 'customerId'])] = anyValue(choices, 1);
    return object;
  }
  switch (type.name) {
    case 'Int':
      return choices.oneIn(3) ? new RawJson(choices.pick(numbers)) : choices.below(12);
    case 'Float':
      return new RawJson(choices.pick(numbers));
    case 'Boolean':
      return choices.below(2) === 1;
    default:
      return someText(choices);
  }
}

/** Anything, however deep. */
function anyValue(choices: Choices, depth: number): unknown {
  switch (choices.below(8)) {
    case 0:
      return null;
    case 1:
      return true;
    case 2:
      return new RawJson(choices.pick(numbers));
    case 3:
      return someText(choices);
    case 4:
      return depth > 0 ? choices.some(4, () => anyValue(choices, depth - 1)) : [];
    case 5: {
      const levels = choices.below(200);
      return new RawJson(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    }
    case 6:
      return new EnumName(choices.pick(nastyNames));
    default: {
      const object: Record<string, unknown> = Object.create(null);
      for (const key of choices.some(3, () => choices.pick(nastyNames)))
        object[key] = depth > 0 ? anyValue(choices, depth - 1) : 1;
      return object;
    }
  }
}

/** The value as a literal of GraphQL. */
export function printLiteral(value: unknown, choices: Choices): string {
  if (value instanceof EnumName) return value.name;
  if (value instanceof RawJson) return value.text;
  if (typeof value === 'string') return toLiteral(value, choices);
  if (Array.isArray(value)) return `[${value.map((item) => printLiteral(item, choices)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}:${printLiteral(member, choices)}`)
      .join(',')}}`;
  }
  return String(value);
}

/** The value as JSON, as text: an object literal cannot say `__proto__`. */
export function printJson(value: unknown): string {
  if (value instanceof EnumName) return JSON.stringify(value.name);
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}:${printJson(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
