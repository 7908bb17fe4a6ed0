import { WebSocket } from 'ws';

/** A request as text, since an object literal cannot say `__proto__`. */
export interface SentAttack {
  readonly query: string;
  readonly variables?: string;
  readonly operationName?: string;
}

export interface Answered {
  readonly status: number | undefined;
  /** All that came, for looking through. */
  readonly text: string;
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export const roadNames = ['POST', 'GET', 'stream by POST', 'stream by GET', 'WebSocket'] as const;
export type RoadName = (typeof roadNames)[number];

/** What fits into an address: the server takes 16 KiB of headers. */
const maxSearchChars = 12_000;

/** Sends to a gateway by one of the ways that there are, as whom `authorization` says; undefined for what does not fit through it. */
export async function sendBy(
  road: RoadName,
  url: string,
  sent: SentAttack,
  authorization = '',
): Promise<Answered | undefined> {
  const body = `{"query":${JSON.stringify(sent.query)},"variables":${sent.variables ?? '{}'}${
    sent.operationName === undefined ? '' : `,"operationName":${JSON.stringify(sent.operationName)}`
  }}`;
  const search = `${url}?${new URLSearchParams({ ...sent })}`;
  const proof = authorization === '' ? {} : { authorization };
  const json = { ...proof, 'content-type': 'application/json' };
  const stream = { ...proof, accept: 'text/event-stream' };
  if (road.endsWith('GET') && search.length > maxSearchChars) return undefined;
  switch (road) {
    case 'POST':
      return readWhole(await fetch(url, { method: 'POST', headers: json, body }));
    case 'GET':
      return readWhole(await fetch(search, { headers: { ...proof, 'apollo-require-preflight': '1' } }));
    case 'stream by POST':
      return readStream(await fetch(url, { method: 'POST', headers: { ...json, ...stream }, body }));
    case 'stream by GET':
      return readStream(await fetch(search, { headers: stream }));
    case 'WebSocket':
      return await askSocket(url.replace('http', 'ws'), body, proof);
    default:
      return road satisfies never;
  }
}

async function readWhole(response: Response): Promise<Answered> {
  const text = await response.text();
  return { status: response.status, text, ...(JSON.parse(text) as object) };
}

/** The first event; a request that is no stream's is answered whole. */
async function readStream(response: Response): Promise<Answered> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return readWhole(response);
  let text = '';
  const decoder = new TextDecoder();
  // A feed has no end.
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (/^data: .+\n\n/m.test(text)) break;
  }
  return { status: undefined, text, ...(JSON.parse(/^data: (.+)$/m.exec(text)?.[1] ?? '{}') as object) };
}

/** What is wrong with a message, and not with its operation, has no answer but the socket's end. */
const closeCodes: Readonly<Record<number, string>> = { 1009: 'BODY_TOO_LARGE', 4400: 'BAD_REQUEST' };

async function askSocket(url: string, payload: string, proof: object): Promise<Answered> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: proof })));
  socket.once('error', reject);
  socket.once('close', (close, reason) => {
    const code = closeCodes[close];
    if (code === undefined) reject(new Error(`It closed with ${close}.`));
    else
      resolve({ status: undefined, text: String(reason), errors: [{ message: String(reason), extensions: { code } }] });
  });
  socket.on('message', (data) => {
    const text = String(data);
    const message = JSON.parse(text) as { readonly type: string; readonly payload: object };
    if (message.type === 'connection_ack') socket.send(`{"type":"subscribe","id":"1","payload":${payload}}`);
    if (message.type === 'next') resolve({ status: undefined, text, ...message.payload });
    if (message.type === 'error') {
      resolve({ status: undefined, text, errors: message.payload as NonNullable<Answered['errors']> });
    }
  });
  try {
    return await promise;
  } finally {
    socket.terminate();
  }
}
