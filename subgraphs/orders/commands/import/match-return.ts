import type { KeptReturn } from './kept-return.ts';
import type { ReturnLineToImport, ReturnToImport } from './return-to-import.ts';
import { type ReturnableLine, returnableKeyOf } from './returnable-line.ts';

/** So many of an order's line that came back. */
export interface ReturnPart {
  readonly line: ReturnableLine;
  readonly quantity: number;
}

/** What a line of a credit note leads to. */
export interface ReturnMatch {
  readonly outcome:
    | { readonly kind: 'created' | 'changed' | 'unchanged' }
    | { readonly kind: 'refused'; readonly reason: string };
  readonly parts: readonly ReturnPart[];
}

/**
 * Matches a line of a credit note with earlier orders, the latest first, and takes what it matches off them. All of it or nothing: half a
 * line would leave money that no order explains.
 */
export function matchReturnLine(
  note: ReturnToImport,
  line: ReturnLineToImport,
  before: readonly KeptReturn[],
  returnable: ReadonlyMap<string, readonly ReturnableLine[]>,
): ReturnMatch {
  const known = countKept(line, before);
  const missing = line.quantity - known;
  if (missing <= 0) return { outcome: { kind: 'unchanged' }, parts: [] };
  const all = returnable.get(returnableKeyOf(note.customerId, line.sku, line.unitPriceMinor)) ?? [];
  const earlier = all.filter(
    ({ placedAt, currencyCode }) => placedAt <= note.returnedAt && currencyCode === note.currencyCode,
  );
  if (earlier.length === 0) return refuse('a return of something the customer had not ordered at that price');
  const parts: ReturnPart[] = [];
  let rest = missing;
  for (const candidate of earlier) {
    const quantity = Math.min(rest, candidate.left);
    if (quantity > 0) parts.push({ line: candidate, quantity });
    rest -= quantity;
    if (rest === 0) break;
  }
  if (rest > 0) return refuse('a return of more than the customer had ordered at that price');
  for (const part of parts) part.line.left -= part.quantity;
  return { outcome: { kind: known === 0 ? 'created' : 'changed' }, parts };
}

function countKept({ sku, unitPriceMinor }: ReturnLineToImport, before: readonly KeptReturn[]): number {
  return before
    .flatMap(({ lines }) => lines)
    .filter((kept) => kept.sku === sku && kept.unitPriceMinor === unitPriceMinor)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function refuse(reason: string): ReturnMatch {
  return { outcome: { kind: 'refused', reason }, parts: [] };
}
