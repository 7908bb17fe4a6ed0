import type { AccessRule } from '../supergraph/directive-tables.ts';

/** What a caller has, as far as the rules of one supergraph ask for it: callers with equal grants have equal plans. */
export interface AccessGrant {
  readonly isAuthenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  /** Names of policies that say yes. */
  readonly policies: ReadonlySet<string>;
  /** The part of the graph that exists for this caller; undefined is all of it. */
  readonly contract: string | undefined;
}

/** Who has no right at all. */
export const nobody: AccessGrant = {
  isAuthenticated: false,
  scopes: new Set(),
  policies: new Set(),
  contract: undefined,
};

/** What a plan is remembered by; empty when nothing is hidden from anybody. */
export type AccessKey = string;

export function accessKeyOf({ isAuthenticated, scopes, policies, contract }: AccessGrant): AccessKey {
  return JSON.stringify([isAuthenticated, [...scopes].sort(), [...policies].sort(), contract ?? null]);
}

/** The grant that a key was made of, so that a plan can be made again without its caller. */
export function grantOfKey(key: AccessKey): AccessGrant | undefined {
  if (key === '') return undefined;
  const [isAuthenticated, scopes, policies, contract] = JSON.parse(key) as [boolean, string[], string[], string | null];
  return { isAuthenticated, scopes: new Set(scopes), policies: new Set(policies), contract: contract ?? undefined };
}

/** All three conditions must hold. A rule that asks for nothing (`scopes: []`, where no alternative can be met) lets nobody in. */
export function satisfies(grant: AccessGrant, { isAuthenticated, scopes, policies }: AccessRule): boolean {
  if (!isAuthenticated && scopes.length === 0 && policies.length === 0) return false;
  if (isAuthenticated && !grant.isAuthenticated) return false;
  return meets(scopes, grant.scopes) && meets(policies, grant.policies);
}

function meets(alternatives: readonly (readonly string[])[], has: ReadonlySet<string>): boolean {
  return alternatives.length === 0 || alternatives.some((all) => all.length > 0 && all.every((one) => has.has(one)));
}
