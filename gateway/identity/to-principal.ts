import type { KindSettings } from './identity-settings.ts';
import { createPrincipal, type Principal, type PrincipalFacts } from './principal.ts';

/** What a verified proof says of its bearer; the scopes are those that it may give. */
export type ProvenFacts = Omit<PrincipalFacts, 'caller' | 'contract'>;

/** Adds what the kind of caller stands for. A scope that a kind grants is had by that kind alone, whatever a proof says. */
export function toPrincipal(facts: ProvenFacts, kinds: KindSettings): Principal {
  const kind = Object.hasOwn(kinds, facts.kind) ? kinds[facts.kind] : undefined;
  const reserved = new Set(Object.values(kinds).flatMap(({ grants }) => grants));
  const scopes = [...facts.scopes].filter((scope) => !reserved.has(scope));
  return createPrincipal({
    ...facts,
    caller: kind?.limits ?? 'person',
    scopes: [...scopes, ...(kind?.grants ?? [])],
    contract: kind?.contract,
  });
}
