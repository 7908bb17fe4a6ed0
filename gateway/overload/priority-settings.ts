import { z } from 'zod';

const word = z.string().min(1);

const prioritySchema = z.strictObject({
  name: word,
  /** Part of all places that it gets whenever it wants them, whatever comes from the classes above; with 0 it may go without. */
  share: z.coerce.number().min(0).max(1).default(0),
  /** How long an operation may wait for a place before it is refused. */
  patienceMs: z.coerce.number().int().min(0).default(1_000),
  /** Clients that call themselves so are in this class when their caller's own is a higher one: a name is no proof. */
  clients: z.array(word).default([]),
  /** An operation with no other root fields than these is in this class when its caller's own is a lower one. */
  fields: z
    .array(z.string().regex(/^(Query|Mutation|Subscription)\.\w+$/, 'is no root field such as Query.me'))
    .default([]),
  /** Whom `fields` are for; all without it. */
  kinds: z.array(word).optional(),
});

/** Callers whose kind says nothing else, and callers without a name. */
export const requiredPriorities = ['known', 'anonymous'] as const;

export const prioritiesSchema = z
  .array(prioritySchema)
  .refine((rows) => new Set(rows.map(({ name }) => name)).size === rows.length, 'each name stands once')
  .refine(
    (rows) => requiredPriorities.every((name) => rows.some((row) => row.name === name)),
    `there must be one for each of ${requiredPriorities.join(' and ')}`,
  )
  .refine((rows) => rows.reduce((sum, { share }) => sum + share, 0) <= 1, 'the shares are more than 1 together');

/** Classes of operations for when there are more than can run, the most important first. */
export type PrioritySettings = z.output<typeof prioritiesSchema>;

export const defaultPriorities: PrioritySettings = prioritiesSchema.parse([
  { name: 'known', share: 0.8, patienceMs: 2_000 },
  { name: 'anonymous', share: 0.1, patienceMs: 1_000 },
  { name: 'explorer', share: 0, patienceMs: 500, clients: ['explorer'] },
]);
