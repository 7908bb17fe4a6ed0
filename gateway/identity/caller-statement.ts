/** What a subgraph is told of a caller. */
export interface CallerSaid {
  readonly kind: string;
  readonly id: string;
  readonly scopes: Iterable<string>;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The statement of who is calling, as the value of a header: base64url of JSON {kind, id, scopes, attributes}. Equal callers have
 * equal statements. It proves nothing by itself: over a network it goes with a signature (subgraph-client/sign-call.ts).
 */
export function callerStatement({ kind, id, scopes, attributes }: CallerSaid): string {
  const sorted = Object.fromEntries(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)));
  const text = JSON.stringify({ kind, id, scopes: [...scopes].sort(), attributes: sorted });
  return Buffer.from(text).toString('base64url');
}
