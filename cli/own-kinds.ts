/** Every scope that staff can have; what each opens stands on the fields of the schema. */
export const staffScopes = [
  'stock:read',
  'stock:write',
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'products:read',
  'products:write',
  'prices:write',
  'schema:read',
] as const;

/**
 * The kinds of callers of Oneshelf's graph, as the gateway's setting `kinds` has them: `grants` are scopes that only the kind gives, `priority` is
 * a class of own-priorities.ts. Staff's keys are also those of an ERP or a WMS, with 10,000 rows in a request.
 */
export const ownKinds = {
  staff: { limits: 'system' },
  customer: { grants: ['customer'] },
  till: { grants: ['till'], priority: 'till' },
  partner: { limits: 'partner', grants: ['partner'], contract: 'partner' },
} as const;

export type OwnKind = keyof typeof ownKinds;

export const ownKindNames = Object.keys(ownKinds) as readonly OwnKind[];

/** What a credential of a kind must be bound to; without it nothing would be its own. */
export const boundTo = { staff: undefined, customer: 'customer', till: 'location', partner: 'channel' } as const;

/** Reads a kind. Throws an Error that names those there are. */
export function readOwnKind(text: string): OwnKind {
  const kind = ownKindNames.find((known) => known === text);
  if (kind === undefined) throw new Error(`No kind of caller is called ${text}; there are ${ownKindNames.join(', ')}.`);
  return kind;
}
