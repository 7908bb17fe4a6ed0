import { z } from 'zod';

/** One row of the settings table. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly env: string;
  readonly schema: Schema;
  readonly meaning: string;
}

/** A row: its variable in the environment, how it is read, what it means. */
export function setting<Schema extends z.ZodType>(env: string, schema: Schema, meaning: string): Setting<Schema> {
  return { env, schema, meaning };
}

/** A whole number. */
export const whole = (fallback: number, min = 0) => z.coerce.number().int().min(min).default(fallback);
/** yes or no, in the words of the environment too. */
export const flag = (fallback: boolean) => z.union([z.boolean(), z.stringbool()]).default(fallback);
/** A list, in the environment with commas. */
export const names = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((name) => name.trim()))])
  .transform((list) => list.filter((name) => name !== ''))
  .default([]);
/** What may be left out. */
export const text = z.string().min(1).optional();
/** In the file as it is, in the environment as JSON. */
export const structure = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(parseIfText, schema);

function parseIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // whoever checks it says what it should be
  }
}
