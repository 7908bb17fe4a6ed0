import type { LeafShape } from '../planning/response-shape.ts';

/**
 * The JSON text of a leaf when the value has the right type, else undefined. Subgraphs have serialised it already, so
 * this only checks; a whole number for an ID becomes a string, as the specification allows.
 */
export function leafText(shape: LeafShape, value: unknown): string | undefined {
  switch (shape.leaf) {
    case 'String':
      return typeof value === 'string' ? JSON.stringify(value) : undefined;
    case 'ID':
      if (typeof value === 'string') return JSON.stringify(value);
      return Number.isInteger(value) ? `"${value}"` : undefined;
    case 'Int':
      return Number.isInteger(value) && (value as number) === ((value as number) | 0) ? `${value}` : undefined;
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value) ? JSON.stringify(value) : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? `${value}` : undefined;
    case 'enum':
      return typeof value === 'string' && shape.enumValues?.has(value) ? `"${value}"` : undefined;
    case 'scalar':
      return scalarText(value);
    default:
      return shape.leaf satisfies never;
  }
}

function scalarText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A subgraph in the same process may hand out a bigint or a cycle.
    return undefined;
  }
}
