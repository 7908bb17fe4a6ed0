import { expect, test } from 'vitest';
import { GatewayError } from '../../../gateway/errors.ts';
import { checkProofPlace } from '../../../gateway/transport/check-proof-place.ts';

function codeOf(rawHeaders: string[], url = '/graphql'): string | undefined {
  try {
    checkProofPlace({ rawHeaders, url });
    return undefined;
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error);
  }
}

test('two Authorization headers are refused, whatever their case: somebody else may have read the other one', () => {
  expect(codeOf(['Host', 'a', 'Authorization', 'Bearer a'])).toBeUndefined();
  expect(codeOf(['Authorization', 'Bearer a', 'X', 'y', 'AUTHORIZATION', 'Bearer b'])).toBe('BAD_REQUEST');
  expect(codeOf(['authorization', 'Bearer a', 'authorization', 'Bearer a'])).toBe('BAD_REQUEST');
  expect(codeOf(['X-Proof', 'authorization', 'authorization', 'Bearer a'])).toBeUndefined();
});

test.each(['?access_token=a', '?query=%7Ba%7D&api_key=a', '?authorization=Bearer%20a', '?q=osk_0123456789ab_00'])(
  'a proof in the address %s is refused',
  (search) => expect(codeOf([], `/graphql${search}`)).toBe('UNAUTHENTICATED'),
);

test('an ordinary GET is not', () => {
  expect(codeOf([], '/graphql?query=%7Btokens%7D&variables=%7B%22key%22%3A1%7D&operationName=Keys')).toBeUndefined();
});
