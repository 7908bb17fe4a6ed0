import { type GraphQLSchema, isInterfaceType } from 'graphql';
import type { AccessRule } from '../supergraph/directive-tables.ts';

/**
 * The rules with those of interfaces made into rules of their implementations. Composers write on an interface what its implementations ask for
 * together, for gateways that look at nothing else: here each implementation obeys its own rule, wherever it is reached. What an
 * interface asks for beyond that was written by a person, and binds all of them.
 */
export function spreadInterfaceRules(
  access: ReadonlyMap<string, AccessRule>,
  schema: GraphQLSchema,
): ReadonlyMap<string, AccessRule> {
  const spread = new Map<string, AccessRule>();
  for (const [coordinate, rule] of access) {
    const [typeName = '', ...rest] = coordinate.split(/(?=\.)/);
    const type = schema.getType(typeName);
    const members = isInterfaceType(type) ? schema.getPossibleTypes(type) : [];
    const own = members.map(({ name }) => access.get([name, ...rest].join(''))).filter((each) => each !== undefined);
    const beyond = own.length === 0 ? rule : withoutGathered(rule, own);
    if (beyond !== undefined) spread.set(coordinate, beyond);
  }
  return spread;
}

/** What is left of an interface's rule when everything is taken out that an implementation says by itself; undefined is nothing. */
function withoutGathered(rule: AccessRule, own: readonly AccessRule[]): AccessRule | undefined {
  const isAuthenticated = rule.isAuthenticated && !own.some((each) => each.isAuthenticated);
  const scopes = isGathered(
    rule.scopes,
    own.map((each) => each.scopes),
  )
    ? []
    : rule.scopes;
  const policies = isGathered(
    rule.policies,
    own.map((each) => each.policies),
  )
    ? []
    : rule.policies;
  const isNothing = !isAuthenticated && scopes.length === 0 && policies.length === 0;
  return isNothing ? undefined : { isAuthenticated, scopes, policies };
}

type Alternatives = AccessRule['scopes'];

function isGathered(condition: Alternatives, own: readonly Alternatives[]): boolean {
  const named = new Set(own.flat(2));
  return condition.flat().every((name) => named.has(name));
}
