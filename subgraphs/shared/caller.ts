import { isStorableText } from './storable-text.ts';

/** Who may call a subgraph. `service` is a sibling, or a job of the house. */
export const callerKinds = ['anonymous', 'customer', 'till', 'partner', 'staff', 'service'] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Who is calling, as the gateway states it; rows go by this and by nothing else. */
export interface Caller {
  readonly kind: CallerKind;
  /** Stable and no secret; empty for nobody. */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
  /** What the credential is bound to: a till's `location`, a partner's `channel`, a customer's `customer`. */
  readonly attributes: Readonly<Record<string, string>>;
}

export const nobody: Caller = Object.freeze({ kind: 'anonymous', id: '', scopes: new Set<string>(), attributes: {} });

/** Whether the caller has one of these scopes. */
export function hasScope(caller: Caller, ...scopes: readonly string[]): boolean {
  return scopes.some((scope) => caller.scopes.has(scope));
}

/** The header with the statement of who is calling; serve-subgraph.ts lets none pass that is not signed. */
export const callerHeader = 'graph-caller';

/**
 * Reads the statement: base64url of JSON {kind, id, scopes, attributes}. Without one it is nobody; one that says something
 * unknown is nobody too, so that a kind of a later release is never taken for more than it is.
 */
export function readCaller(headers: Readonly<Record<string, string>>): Caller {
  const statement = headers[callerHeader];
  if (statement === undefined || statement === '') return nobody;
  const said = parse(statement);
  if (said === undefined) return nobody;
  const { kind, id, scopes, attributes } = said;
  const known = callerKinds.find((each) => each === kind);
  // Ids go into rows; one that no row can hold is nobody's.
  if (known === undefined || typeof id !== 'string' || !isStorableText(id)) return nobody;
  return { kind: known, id, scopes: new Set(stringsIn(scopes)), attributes: textsOf(attributes) };
}

/** The statement of a caller, as a gateway would make it: for siblings, jobs and tests. */
export function stateCaller({ kind, id, scopes, attributes }: Caller): string {
  return Buffer.from(JSON.stringify({ kind, id, scopes: [...scopes].sort(), attributes })).toString('base64url');
}

function parse(statement: string): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(statement, 'base64url').toString());
    return typeof said === 'object' && said !== null ? { ...said } : undefined;
  } catch {
    return undefined;
  }
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function textsOf(value: unknown): Record<string, string> {
  const texts: Record<string, string> = Object.create(null);
  if (typeof value !== 'object' || value === null) return texts;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') texts[name] = text;
  return texts;
}
