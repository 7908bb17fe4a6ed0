import { userInputError } from '../../shared/public-error.ts';
import type { BundleChange } from '../commands/set-bundle-parts.ts';
import type { SetBundlePartsInput } from '../resolver-types.generated.ts';
import { readName, readNumber } from './read-values.ts';

/** The parts of a setBundleParts; throws BAD_USER_INPUT, also for a SKU that stands there twice or is a part of itself. */
export function readBundle(input: SetBundlePartsInput): BundleChange {
  const sku = readName('sku', input.sku);
  if (input.parts.length > 20) throw userInputError('parts holds at most 20 items.');
  const parts = input.parts.map((part) => ({
    sku: readName('sku', part.sku),
    quantity: readNumber('quantity', part.quantity, 1, 1_000),
  }));
  if (new Set([sku, ...parts.map((part) => part.sku)]).size <= parts.length) {
    throw userInputError('Each part stands there once, and a bundle is no part of itself.');
  }
  return { sku, parts, expectedVersion: input.expectedVersion ?? undefined };
}
