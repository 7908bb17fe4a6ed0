import type { GraphQLSchema } from 'graphql';

/** Makes keys of what is known for one schema of several. */
export function createSchemaKeys(): (schema: GraphQLSchema, key: string) => string {
  const numbers = new WeakMap<GraphQLSchema, number>();
  let schemas = 0;
  return (schema, key) => {
    const number = numbers.get(schema) ?? ++schemas;
    numbers.set(schema, number);
    return `${number}:${key}`;
  };
}
