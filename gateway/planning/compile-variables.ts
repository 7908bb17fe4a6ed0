import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { invariant } from '../errors.ts';

/** The variables of one request after coercion, by name. A variable that was neither given nor has a default is absent. */
export type VariableValues = ReadonlyMap<string, unknown>;

export type CoerceVariables = (
  raw: Readonly<Record<string, unknown>>,
) => { readonly values: VariableValues } | { readonly problems: readonly string[] };

interface Definition {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
  readonly defaultValue: unknown;
}

// A list of 50,000 wrong values must not become 50,000 messages.
const maxProblems = 20;
const none: VariableValues = new Map();

/**
 * Resolves the types and defaults of an operation's variables once; the result coerces each request's variables as the
 * specification says (graphql-js does the values) and names at most 20 problems. Values keep their JSON form, since the
 * schema was built from SDL and its scalars change nothing.
 */
export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): CoerceVariables {
  const definitions = (operation.variableDefinitions ?? []).map((node): Definition => {
    const type = typeFromAST(schema, node.type);
    invariant(
      isInputType(type),
      `validation let the variable $${node.variable.name.value} through without an input type`,
    );
    const hasDefault = node.defaultValue !== undefined;
    return {
      name: node.variable.name.value,
      type,
      isRequired: isNonNullType(type),
      hasDefault,
      defaultValue: hasDefault ? valueFromAST(node.defaultValue, type) : undefined,
    };
  });
  if (definitions.length === 0) return () => ({ values: none });
  return (raw) => coerce(definitions, raw);
}

function coerce(
  definitions: readonly Definition[],
  raw: Readonly<Record<string, unknown>>,
): ReturnType<CoerceVariables> {
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const definition of definitions) {
    const { name, type } = definition;
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (given === undefined) {
      if (definition.hasDefault) values.set(name, definition.defaultValue);
      else if (definition.isRequired) problems.push(`Variable "$${name}" of required type "${type}" was not provided.`);
    } else if (given === null) {
      if (definition.isRequired) problems.push(`Variable "$${name}" of non-null type "${type}" must not be null.`);
      else values.set(name, null);
    } else {
      try {
        const value = coerceInputValue(given, type, (path, _value, error) => {
          problems.push(problemText(name, path, error));
          if (problems.length >= maxProblems) throw tooManyProblems;
        });
        values.set(name, value);
      } catch (error) {
        if (error !== tooManyProblems) throw error;
      }
    }
    if (problems.length >= maxProblems) break;
  }
  return problems.length > 0 ? { problems } : { values };
}

const tooManyProblems = new Error('too many problems');

function problemText(name: string, path: readonly (string | number)[], error: GraphQLError): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  // graphql-js suggests names of the schema ("Did you mean …"), which is not for everybody.
  const reason = error.message.replace(/ Did you mean .*$/s, '').slice(0, 200);
  return `Variable "$${name}" got an invalid value at "${name}${place}": ${reason}`.slice(0, 500);
}
