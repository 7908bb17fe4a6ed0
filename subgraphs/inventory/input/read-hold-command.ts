import { userInputError } from '../../shared/public-error.ts';
import type { HoldLine, ReservationCommand } from '../reservations/reservation.ts';
import type { HoldStockInput } from '../resolver-types.generated.ts';
import { readList, readName, readNumber, readOptionalName } from './read-values.ts';
import { sumLines } from './sum-lines.ts';

/** How long a hold may be asked for at once: a day. */
export const maxHoldMinutes = 1_440;

const maxLines = 100;
const maxQuantity = 10_000;

/** The command of a holdStock; throws BAD_USER_INPUT. */
export function readHoldCommand(input: HoldStockInput): Extract<ReservationCommand, { kind: 'HOLD' }> {
  const { owner } = input;
  const channelId = readOptionalName('channel', input.channel) ?? undefined;
  const lines = sumLines(readLines(input), (line) => JSON.stringify([line.sku, line.locationId]));
  if (channelId === undefined && lines.some((line) => line.locationId === undefined)) {
    throw userInputError('A line without a location needs the channel that it is sold in.');
  }
  return {
    kind: 'HOLD',
    lines,
    channelId,
    owner: {
      kind: owner.kind ?? 'TRY_ON',
      id: readOptionalName('owner.id', owner.id),
      customerId: readOptionalName('owner.customerId', owner.customerId),
      note: readOptionalName('owner.note', owner.note),
    },
    minutes: readNumber('minutes', input.minutes, 1, maxHoldMinutes),
  };
}

function readLines({ sku, quantity, location, lines }: HoldStockInput): readonly HoldLine[] {
  if (lines == null) {
    if (sku == null || quantity == null) throw userInputError('Give sku and quantity, or lines.');
    return [readLine({ sku, quantity, location }, ['input'])];
  }
  if (sku != null || quantity != null || location != null) {
    throw userInputError('Give either lines, or location, sku and quantity.');
  }
  return readList('lines', lines, maxLines).map((line, i) => readLine(line, ['input', 'lines', `${i}`]));
}

function readLine(
  line: { readonly sku: string; readonly quantity: number; readonly location?: string | null | undefined },
  path: readonly string[],
): HoldLine {
  return {
    sku: readName('sku', line.sku),
    locationId: readOptionalName('location', line.location) ?? undefined,
    quantity: readNumber('quantity', line.quantity, 1, maxQuantity),
    path,
  };
}
