import { createHash } from 'node:crypto';
import { callerStatement } from './caller-statement.ts';

/** Who is calling. Made only by verifying a proof, never copied from a header. */
export interface Principal {
  /** Chooses the row of the limits table. */
  readonly caller: CallerClass;
  /** A word from configuration or of a credential; `anonymous` for nobody. */
  readonly kind: string;
  /** Stable and no secret, such as a JWT's `sub`; empty for nobody. */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
  /** Facts that rules of rows go by, such as the place that a device belongs to. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * Answers may be shared between principals of one audience and never across: part of the key of every cache
   * and of in-flight sharing. Anonymous callers are one audience.
   */
  readonly audience: string;
  /** What is added to every subgraph request: the statement of who is calling. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same without the id, for what everybody with the same rights may share (@liveFeed's ROLE). */
  readonly role: { readonly audience: string; readonly headers: Readonly<Record<string, string>> };
  /** The part of the graph that exists for this caller; undefined is all of it. */
  readonly contract: string | undefined;
  /** When the proof ends, in milliseconds since 1970; undefined is never. */
  readonly expiresAt: number | undefined;
  /** Aborts when the proof is taken back, or says something else now. Never aborts by time: see `expiresAt`. */
  readonly revoked: AbortSignal | undefined;
}

export const callerClasses = ['anonymous', 'person', 'partner', 'system'] as const;
/** The classes of the limits table; everybody who signed in by themselves counts as `person`. A `system` is trusted with thousands of rows in a request. */
export type CallerClass = (typeof callerClasses)[number];

export const anonymousKind = 'anonymous';
const nobody = { audience: anonymousKind, headers: {} } as const;

export const anonymous: Principal = Object.freeze({
  caller: 'anonymous',
  kind: anonymousKind,
  id: '',
  scopes: new Set<string>(),
  attributes: {},
  ...nobody,
  role: nobody,
  contract: undefined,
  expiresAt: undefined,
  revoked: undefined,
});

/** What a verified proof says. */
export interface PrincipalFacts {
  readonly caller: CallerClass;
  readonly kind: string;
  readonly id: string;
  readonly scopes: Iterable<string>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly contract?: string | undefined;
  readonly expiresAt?: number | undefined;
  readonly revoked?: AbortSignal | undefined;
}

/** Makes a principal; two proofs that say the same make the same audience, whatever they are. */
export function createPrincipal(facts: PrincipalFacts): Principal {
  const { caller, kind, id, attributes, contract, expiresAt, revoked } = facts;
  const scopes = new Set([...facts.scopes].sort());
  return Object.freeze({
    caller,
    kind,
    id,
    scopes,
    attributes,
    contract,
    expiresAt,
    revoked,
    ...audienceOf({ kind, id, scopes, attributes }, contract),
    role: audienceOf({ kind, id: '', scopes, attributes }, contract),
  });
}

/** Subgraphs answer by the statement alone, so that equal statements may share answers; and what a contract hides, it hides from all in it. */
function audienceOf(said: Parameters<typeof callerStatement>[0], contract: string | undefined) {
  const statement = callerStatement(said);
  const audience = createHash('sha256')
    .update(JSON.stringify([statement, contract]))
    .digest('base64url');
  return { audience: audience.slice(0, 22), headers: Object.freeze({ [statementHeader]: statement }) };
}

/** The header that tells a subgraph who is calling. */
export const statementHeader = 'graph-caller';

/** Headers that only the gateway makes: no setting passes a client's on. */
export const reservedHeaders: ReadonlySet<string> = new Set([statementHeader, 'graph-signature']);

/** Incoming headers, as node gives them: lower-case names. */
export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Turns the proof in a request's headers into a principal. Throws GatewayError UNAUTHENTICATED for a bad proof. */
export type Identify = (headers: IncomingHeaders) => Promise<Principal> | Principal;

/**
 * Who that is, when it can be said without verifying anything anew; undefined for a proof that is new, or wrong. For deciding what comes first, and for
 * nothing that needs a proof of now.
 */
export type Recall = (headers: IncomingHeaders) => Principal | undefined;
