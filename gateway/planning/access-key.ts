import type { Supergraph } from '../supergraph/supergraph.ts';
import { type AccessGrant, type AccessKey, accessKeyOf, grantOfKey, nobody } from './access-grant.ts';
import { type AccessRules, accessRulesOf } from './access-rules.ts';

/** A caller, as far as rules look at one. */
export interface AccessCaller {
  readonly kind: string;
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly contract: string | undefined;
}

/** What `@policy` names: says whether a caller may. Asked whenever an operation comes, so that it must be quick. */
export type Policy = (caller: AccessCaller) => boolean;

const known = new WeakMap<AccessRules, WeakMap<AccessCaller, AccessKey>>();

/**
 * What a caller's plans are remembered by on this supergraph. Only scopes that some rule names count, so that callers who may see the same have
 * the same plans; empty, and nothing is looked at, where nothing is hidden from anybody. A policy that nobody gave refuses.
 */
export function accessKeyFor(
  caller: AccessCaller,
  isAuthenticated: boolean,
  supergraph: Supergraph,
  policies: Readonly<Record<string, Policy>>,
): AccessKey {
  const rules = accessRulesOf(supergraph);
  if (rules.isEmpty && caller.contract === undefined) return '';
  const keys = known.get(rules) ?? new WeakMap<AccessCaller, AccessKey>();
  known.set(rules, keys);
  const remembered = rules.policies.size === 0 ? keys.get(caller) : undefined;
  if (remembered !== undefined) return remembered;
  const allowed = [...rules.policies].filter(
    (name) => Object.hasOwn(policies, name) && policies[name]?.(caller) === true,
  );
  const key = accessKeyOf({
    isAuthenticated: !rules.isEmpty && isAuthenticated,
    scopes: new Set([...caller.scopes].filter((scope) => rules.scopes.has(scope))),
    policies: new Set(allowed),
    contract: caller.contract,
  });
  keys.set(caller, key);
  return key;
}

/** The key of the same rights on another supergraph, as far as the first one's rules let them be known. */
export function carryAccessKey(key: AccessKey, to: Supergraph): AccessKey {
  const rules = accessRulesOf(to);
  const grant: AccessGrant = grantOfKey(key) ?? nobody;
  if (rules.isEmpty && grant.contract === undefined) return '';
  return accessKeyOf({ ...grant, isAuthenticated: !rules.isEmpty && grant.isAuthenticated });
}
