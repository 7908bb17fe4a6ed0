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

const inputs = { holdStock: 'HoldStockInput', commitHold: 'CommitHoldInput', releaseHold: 'ReleaseHoldInput' } as const;
export type ReservationMutation = keyof typeof inputs;

/** One field of a request. */
export interface Command {
  readonly mutation: ReservationMutation;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Nothing here is down for as long; whoever still has no answer then has found a fault. */
const patienceMs = 300_000;

/** Asks for one thing; see {@link askTogether}. */
export async function askUntilAnswered(
  asker: Asker,
  mutation: ReservationMutation,
  input: Readonly<Record<string, unknown>>,
): Promise<Told> {
  const [told] = await askTogether(asker, [{ mutation, input }]);
  if (told === undefined) throw new Error('No field was asked for.');
  return told;
}

/**
 * Asks one process or the other for commands in one request, with the same keys, until one of them answers to all: what a sound client does after a timeout, a reset
 * connection or an error of the server's. Some may have been done before it broke off: those are answered as before. Throws when nobody answers for five minutes.
 */
export async function askTogether(asker: Asker, commands: readonly Command[]): Promise<readonly Told[]> {
  if (commands.length === 0) return [];
  const deadline = Date.now() + patienceMs;
  let last: unknown;
  for (;;) {
    const url = asker.urls[Math.floor(asker.random() * asker.urls.length)] ?? '';
    try {
      return await askOnce(asker, url, commands);
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Nobody answers ${JSON.stringify(commands)}`, { cause: last });
    asker.retries += 1;
    await delay(20 + asker.random() * 80);
  }
}

async function askOnce(
  { agent, prove, deadlineMs }: Asker,
  url: string,
  commands: readonly Command[],
): Promise<readonly Told[]> {
  const variables = Object.fromEntries(commands.map(({ input }, i) => [`i${i}`, input]));
  const text = JSON.stringify({ query: toDocument(commands), variables });
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
  if (statusCode !== 200 || errors !== undefined || data === null || data === undefined) {
    throw new Error(`${statusCode} ${JSON.stringify(errors)}`);
  }
  return commands.map((_, i) => toTold(data[`a${i}`]));
}

function toDocument(commands: readonly Command[]): string {
  const variables = commands.map(({ mutation }, i) => `$i${i}: ${inputs[mutation]}!`);
  const fields = commands.map(
    ({ mutation }, i) => `a${i}: ${mutation}(input: $i${i}) { hold { id state } replayed userErrors { code } }`,
  );
  return `mutation (${variables.join(', ')}) { ${fields.join(' ')} }`;
}

function toTold(payload: Payload | undefined): Told {
  if (payload === undefined) throw new Error('A field has no answer.');
  const { hold, replayed, userErrors } = payload;
  return { holdId: hold?.id ?? null, state: hold?.state ?? null, codes: userErrors.map(({ code }) => code), replayed };
}

interface Payload {
  readonly hold: { readonly id: string; readonly state: string } | null;
  readonly replayed: boolean;
  readonly userErrors: readonly { readonly code: string }[];
}

interface Answer {
  readonly data?: Readonly<Record<string, Payload>> | null;
  readonly errors?: readonly unknown[];
}
