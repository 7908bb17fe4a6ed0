import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Path → JSON text that only pages of this gateway may read, on this machine. For trying out: never for secrets that matter. */
export type LocalTexts = Readonly<Record<string, string>>;

const nothing = '{}';
const answerHeaders = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  vary: 'Host, Origin, X-Same-Origin, Sec-Fetch-Site',
} as const;

/** Gives out such texts. Whoever asks in another way gets an empty object: from where a page stands, there is nothing. */
export function addLocalTexts(app: FastifyInstance, texts: LocalTexts): void {
  for (const [path, text] of Object.entries(texts)) {
    app.get(path, (request, reply) => reply.headers(answerHeaders).send(isOwnPage(request) ? text : nothing));
  }
}

/**
 * A page of another origin cannot send a header of its own without a permission, which is never given here. A name that was made to mean this machine (DNS
 * rebinding) makes a page of the same origin, but shows in `Host`; a proxy in front shows in what it adds.
 */
function isOwnPage({ raw }: FastifyRequest): boolean {
  const { headers, socket } = raw;
  const { host = '', origin } = headers;
  if (!isLoopback(socket.remoteAddress ?? '') || !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) return false;
  if (proxyHeaders.some((name) => headers[name] !== undefined)) return false;
  if (headers['x-same-origin'] === undefined || (origin !== undefined && origin !== `http://${host}`)) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1';
}
