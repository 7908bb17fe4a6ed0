/** Who owns data: four subgraphs and the gateway. Each has a schema, a role and a migration folder of its own. */
export const owners = ['products', 'inventory', 'orders', 'customers', 'gateway'] as const;

export type Owner = (typeof owners)[number];

/** The role that an owner's connections run as; it may use the owner's schema and no other. */
export function roleOf(owner: Owner): string {
  return `oneshelf_${owner}`;
}

/** Where extensions live; every role may use what is in it. */
export const extensionsSchema = 'extensions';

/** What an unqualified name means on an owner's connections: its own tables, then the extensions' functions. */
export function searchPathOf(owner: Owner): string {
  return `${owner},${extensionsSchema}`;
}
