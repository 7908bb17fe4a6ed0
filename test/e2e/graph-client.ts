/** A GraphQL answer, as a client gets it. */
export interface GraphAnswer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: { readonly cost?: { readonly estimated: number; readonly actual: number } };
}

/** Posts one operation the way a storefront does; `authorization` says who asks, and without it nobody does. */
export async function ask<Data = Record<string, unknown>>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  { operationName, authorization }: { readonly operationName?: string; readonly authorization?: string } = {},
): Promise<GraphAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({ query, variables, ...(operationName === undefined ? {} : { operationName }) }),
    signal: AbortSignal.timeout(30_000),
  });
  // What is left of a budget differs from one request to the next, whoever's data they ask for.
  const body: unknown = JSON.parse(await response.text(), (key, value) => (key === 'remaining' ? undefined : value));
  return { status: response.status, ...(body as object) };
}
