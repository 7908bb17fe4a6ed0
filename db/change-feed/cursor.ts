import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Position } from './position.ts';

/** What a cursor is for. One made for another feed or scope is refused, so nobody reads another location's changes with it. */
export interface CursorBinding {
  readonly feed: string;
  readonly scope: string;
}

const format = 1;
const contentBytes = 17; // format 1 · epoch 8 · number 8
const signatureBytes = 16;

/** A position as text that clients keep and give back: 44 characters, opaque, signed with the feed's key. */
export function encodeCursor(key: Buffer, binding: CursorBinding, position: Position): string {
  const content = Buffer.alloc(contentBytes);
  content.writeUInt8(format, 0);
  content.writeBigUInt64BE(BigInt(position.epoch), 1);
  content.writeBigUInt64BE(BigInt(position.number), 9);
  return Buffer.concat([content, sign(key, binding, content)]).toString('base64url');
}

/** The position in a cursor; undefined for one that is forged, damaged, or was made for something else. */
export function decodeCursor(key: Buffer, binding: CursorBinding, cursor: string): Position | undefined {
  if (!/^[\w-]{44}$/.test(cursor)) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const content = bytes.subarray(0, contentBytes);
  if (content.readUInt8(0) !== format) return undefined;
  if (!timingSafeEqual(bytes.subarray(contentBytes), sign(key, binding, content))) return undefined;
  return { epoch: Number(content.readBigUInt64BE(1)), number: Number(content.readBigUInt64BE(9)) };
}

function sign(key: Buffer, binding: CursorBinding, content: Buffer): Buffer {
  // As JSON, so that ("a", "bc") and ("ab", "c") are not the same text.
  const bound = JSON.stringify([binding.feed, binding.scope]);
  return createHmac('sha256', key).update(content).update(bound).digest().subarray(0, signatureBytes);
}
