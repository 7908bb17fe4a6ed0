import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The header with the proof that a call comes from the gateway or a sibling. */
export const signatureHeader = 'graph-signature';
/** How old a signature may be, and how far the clocks of two machines may be apart. */
const maxAgeMs = 30_000;

/** Whether a call is rightly signed. `statement` is who is calling, empty for nobody; `body` is exactly what was sent. */
export type VerifyCall = (statement: string, signature: string | undefined, body: string) => boolean;

/**
 * Makes what checks the calls of one subgraph: `t=<unix ms>,v1=<base64url of HMAC-SHA-256>` over subgraph, time, statement and
 * sha256 of the body in base64url, a line each. A statement, a body or a subgraph put in place of another is refused, and so is one of yesterday.
 */
export function createCallVerifier(subgraph: string, secret: string, now: () => number = Date.now): VerifyCall {
  return (statement, signature, body) => {
    const { time, mac } = /^t=(?<time>\d{1,15}),v1=(?<mac>[\w-]{43})$/.exec(signature ?? '')?.groups ?? {};
    if (time === undefined || mac === undefined || Math.abs(now() - Number(time)) > maxAgeMs) return false;
    const digest = createHash('sha256').update(body).digest('base64url');
    const right = createHmac('sha256', secret).update(`${subgraph}\n${time}\n${statement}\n${digest}`).digest();
    return timingSafeEqual(right, Buffer.from(mac, 'base64url'));
  };
}
