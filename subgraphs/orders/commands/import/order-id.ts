import { createHash } from 'node:crypto';
import type { OrderToImport } from './order-to-import.ts';

/**
 * The id of an order that is new, made of what names it for ever: one file brought into two databases makes the same ids, so that a link, or a
 * documented example, leads to the same order in both. A UUID of version 8 (RFC 9562, of one's own making). It is no secret: who may see an
 * order is never decided by who knows its id.
 */
export function toOrderId({ channelId, externalReference }: OrderToImport): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([channelId, externalReference]))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
