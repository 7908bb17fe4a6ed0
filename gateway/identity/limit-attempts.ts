import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedCache } from '../basics/bounded-cache.ts';
import { GatewayError, shownError } from '../errors.ts';
import type { Identify, IncomingHeaders, Principal } from './principal.ts';

/** As Identify, for a request from an address. */
export type IdentifyFrom = (headers: IncomingHeaders, address: string) => Promise<Principal> | Principal;

const minuteSeconds = 60;
const maxAddresses = 10_000;
const maxProven = 10_000;

/**
 * Counts wrong proofs by the address that they come from: attempts, not requests. From an address that has had too many in a minute only
 * proofs are looked at that were right before, so that one who guesses does not lock out those next to them. Throws RATE_LIMITED
 * for all others.
 */
export function limitAttempts(identify: Identify, perMinute: number): IdentifyFrom {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: minuteSeconds });
  const blocked = new BoundedCache<number>(maxAddresses);
  const proven = new BoundedCache<true>(maxProven);

  const refuseGuesses = (proof: string, address: string): void => {
    const until = blocked.get(address);
    if (until === undefined) return;
    const leftMs = until - Date.now();
    if (leftMs <= 0) blocked.delete(address);
    else if (proven.get(proof) === undefined) throw tooMany(leftMs);
  };
  const failed = (error: unknown, proof: string, address: string): void => {
    proven.delete(proof);
    if (!(error instanceof GatewayError) || error.code !== 'UNAUTHENTICATED') return;
    limiter.consume(address).then(
      ({ remainingPoints, msBeforeNext }) => {
        if (remainingPoints === 0) blocked.set(address, Date.now() + msBeforeNext);
      },
      (reason: unknown) => {
        if (reason instanceof RateLimiterRes) blocked.set(address, Date.now() + reason.msBeforeNext);
      },
    );
  };

  return (headers, address) => {
    const { authorization: proof } = headers;
    if (typeof proof !== 'string') return identify(headers);
    refuseGuesses(proof, address);
    const succeeded = (principal: Principal): Principal => {
      proven.set(proof, true);
      return principal;
    };
    const rethrow = (error: unknown): never => {
      failed(error, proof, address);
      throw error;
    };
    try {
      const found = identify(headers);
      return found instanceof Promise ? found.then(succeeded, rethrow) : succeeded(found);
    } catch (error) {
      return rethrow(error);
    }
  };
}

function tooMany(leftMs: number): GatewayError {
  const retryAfterSeconds = Math.max(1, Math.ceil(leftMs / 1_000));
  return shownError('RATE_LIMITED', `Too many wrong proofs of identity; come back in ${retryAfterSeconds} s.`, {
    extensions: { retryAfterSeconds },
  });
}
