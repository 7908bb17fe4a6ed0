import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { shownError } from '../errors.ts';
import { anonymousKind, type CallerClass, callerClasses, type Principal } from '../identity/principal.ts';

/** Whose budget it is. */
export interface Payer {
  readonly principal: Pick<Principal, 'caller' | 'kind' | 'id'>;
  /** Where the request comes from: nobody's budget is that of their address. */
  readonly address: string;
}

/** What each caller may spend in a minute. */
export interface Budgets {
  /** Takes from the payer's budget and gives what is left of it. Throws RATE_LIMITED, and takes nothing then. */
  take(payer: Payer, cost: number): Promise<number>;
  /** Corrects what was taken: gives back, or takes what it came to beyond it, which may be more than there is. */
  correct(payer: Payer, difference: number): void;
}

const minuteSeconds = 60;
/** Callers counted by themselves in a minute; those after them share budgets by their hash, so that no flood of addresses fills the memory. */
const maxCallers = 100_000;
const sharedBudgets = 4_096;

/** Budgets of this process, by the class of the caller. A minute begins with a caller's first operation in it. */
export function createBudgets(perMinuteOf: (caller: CallerClass) => number): Budgets {
  const limiters = Object.fromEntries(
    callerClasses.map((caller) => [
      caller,
      new RateLimiterMemory({ points: perMinuteOf(caller), duration: minuteSeconds, keyPrefix: caller }),
    ]),
  ) as Readonly<Record<CallerClass, RateLimiterMemory>>;
  const keyOf = createBudgetKeys();
  return {
    async take(payer, cost) {
      const { caller } = payer.principal;
      const key = keyOf(payer);
      try {
        const { remainingPoints } = await limiters[caller].consume(key, cost);
        return remainingPoints;
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        void limiters[caller].reward(key, cost);
        throw outOfBudget(perMinuteOf(caller), reason.msBeforeNext);
      }
    },
    correct(payer, difference) {
      if (difference === 0) return;
      const limiter = limiters[payer.principal.caller];
      const key = keyOf(payer);
      if (difference > 0) void limiter.reward(key, difference);
      else void limiter.penalty(key, -difference);
    },
  };
}

export function outOfBudget(perMinute: number, msBeforeNext: number): Error {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return shownError(
    'RATE_LIMITED',
    `The budget of ${perMinute} a minute is spent; come back in ${retryAfterSeconds} s.`,
    {
      extensions: { perMinute, retryAfterSeconds },
    },
  );
}

/** By whom a budget is counted, with a bound. */
export function createBudgetKeys(): (payer: Payer) => string {
  let known = new Set<string>();
  let began = Date.now();
  return ({ principal: { kind, id }, address }) => {
    const key = kind === anonymousKind ? networkOf(address) : `${kind}:${id}`;
    if (known.has(key)) return key;
    if (Date.now() - began >= minuteSeconds * 1_000) {
      known = new Set();
      began = Date.now();
    }
    if (known.size >= maxCallers) return `others:${hashOf(key) % sharedBudgets}`;
    known.add(key);
    return key;
  };
}

/** The network that one subscriber of a provider has: of IPv6 the first 64 bits, since the rest is theirs to choose. */
export function networkOf(address: string): string {
  const mapped = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (!mapped.includes(':')) return mapped;
  const [head = '', tail] = mapped.split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** FNV-1a: spreads, and hides nothing. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
