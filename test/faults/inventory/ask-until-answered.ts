import { setTimeout as delay } from 'node:timers/promises';
import { type Agent, request } from 'undici';

/** What a reservation came to, as a client was told. */
export interface Told {
  readonly holdId: string | null;
  readonly state: string | null;
  readonly codes: readonly string[];
  readonly replayed: boolean;
}

export interface Asker {
  readonly agent: Agent;
  /** Where to ask; may change while a process is restarted. */
  readonly urls: readonly string[];
  readonly random: () => number;
  /** How long a client believes in an answer, its wait for a connection included. */
  readonly deadlineMs: number;
  /** What proves who is asking: a token for a gateway, a statement signed with the body for a subgraph. */
  readonly prove: (body: string) => Readonly<Record<string, string>>;
  /** Counts what was asked again. */
  retries: number;
}

const fields = '{ hold { id state } replayed userErrors { code } }';
const documents = {
  holdStock: `mutation ($input: HoldStockInput!) { answer: holdStock(input: $input) ${fields} }`,
  commitHold: `mutation ($input: CommitHoldInput!) { answer: commitHold(input: $input) ${fields} }`,
  releaseHold: `mutation ($input: ReleaseHoldInput!) { answer: releaseHold(input: $input) ${fields} }`,
} as const;
export type ReservationMutation = keyof typeof documents;

/** Nothing here is down for as long; whoever still has no answer then has found a fault. */
const patienceMs = 300_000;

/**
 * Asks one process or the other, with the same key, until one of them answers: what a sound client does after a timeout, a reset
 * connection or an error of the server's. Throws when nobody answers for five minutes.
 */
export async function askUntilAnswered(
  asker: Asker,
  mutation: ReservationMutation,
  input: Readonly<Record<string, unknown>>,
): Promise<Told> {
  const deadline = Date.now() + patienceMs;
  let last: unknown;
  for (;;) {
    const url = asker.urls[Math.floor(asker.random() * asker.urls.length)] ?? '';
    try {
      return await askOnce(asker, url, mutation, input);
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Nobody answers ${JSON.stringify(input)}`, { cause: last });
    asker.retries += 1;
    await delay(20 + asker.random() * 80);
  }
}

async function askOnce(
  { agent, prove, deadlineMs }: Asker,
  url: string,
  mutation: ReservationMutation,
  input: Readonly<Record<string, unknown>>,
): Promise<Told> {
  const text = JSON.stringify({ query: documents[mutation], variables: { input } });
  const { statusCode, body } = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      'content-type': 'application/json',
      ...prove(text),
    },
    body: text,
    signal: AbortSignal.timeout(deadlineMs),
  });
  const { data, errors } = (await body.json()) as Answer;
  if (statusCode !== 200 || errors !== undefined || data?.answer === undefined) {
    throw new Error(`${statusCode} ${JSON.stringify(errors)}`);
  }
  const { hold, replayed, userErrors } = data.answer;
  const codes = userErrors.map(({ code }) => code);
  return { holdId: hold?.id ?? null, state: hold?.state ?? null, codes, replayed };
}

interface Answer {
  readonly data?: {
    readonly answer: {
      readonly hold: { readonly id: string; readonly state: string } | null;
      readonly replayed: boolean;
      readonly userErrors: readonly { readonly code: string }[];
    };
  } | null;
  readonly errors?: readonly unknown[];
}
