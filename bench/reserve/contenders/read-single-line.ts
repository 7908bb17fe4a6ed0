import { randomUUIDv7 } from 'node:crypto';
import type { ReservationRequest, StockHoldRow } from '../../../subgraphs/inventory/reservations/reservation.ts';

/** A hold of one line at a location that it names: all that the contenders of the bench can do. */
export interface SingleLine {
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
  /** The hold's row, as it will be written. */
  readonly row: StockHoldRow;
}

/** Reads a command of the bench; throws on any other. */
export function readSingleLine({ command, actor }: ReservationRequest, now: Date): SingleLine {
  const [line] = command.kind === 'HOLD' ? command.lines : [];
  if (command.kind !== 'HOLD' || line?.locationId === undefined || command.lines.length !== 1) {
    throw new Error('The bench holds one line at a named location.');
  }
  const { sku, locationId, quantity } = line;
  const row: StockHoldRow = {
    id: randomUUIDv7(),
    state: 'HELD',
    owner_kind: command.owner.kind,
    owner_id: command.owner.id,
    customer_id: command.owner.customerId,
    note: command.owner.note,
    channel_id: command.channelId ?? null,
    actor,
    created_at: now,
    expires_at: new Date(now.getTime() + command.minutes * 60_000),
    ended_at: null,
    reference: null,
  };
  return { sku, locationId, quantity, row };
}
