import { userInputError } from '../../shared/public-error.ts';
import type { StockArrival } from '../commands/receive-stock-transfer.ts';
import type { StockShipment } from '../commands/send-stock-transfer.ts';
import { isUuid } from '../is-uuid.ts';
import type { ReceiveStockTransferInput, SendStockTransferInput } from '../resolver-types.generated.ts';
import { readList, readName, readNumber } from './read-values.ts';
import { sumLines } from './sum-lines.ts';

/** The shipment of a sendStockTransfer, each SKU once; throws BAD_USER_INPUT. */
export function readShipment(input: SendStockTransferInput): StockShipment {
  if (input.from === input.to) throw userInputError('from and to are two locations.');
  const lines = readList('lines', input.lines, 100).map((line, i) => ({
    sku: readName('sku', line.sku),
    quantity: readNumber('quantity', line.quantity, 1, 10_000),
    path: ['input', 'lines', `${i}`],
  }));
  return {
    fromLocationId: readName('from', input.from),
    toLocationId: readName('to', input.to),
    lines: sumLines(lines, ({ sku }) => sku),
    reference: readName('reference', input.reference),
  };
}

/** The arrival of a receiveStockTransfer; throws BAD_USER_INPUT, also when a SKU stands on two lines. */
export function readArrival(input: ReceiveStockTransferInput): StockArrival {
  if (!isUuid(input.transfer)) throw userInputError('transfer is the id of a transfer.');
  if (input.lines.length > 100) throw userInputError('lines holds at most 100 items.');
  const lines = input.lines.map((line, i) => {
    const received = readNumber('received', line.received, 0, 1_000_000);
    const damaged = readNumber('damaged', line.damaged ?? 0, 0, received);
    return { sku: readName('sku', line.sku), received, damaged, path: ['input', 'lines', `${i}`] };
  });
  if (new Set(lines.map(({ sku }) => sku)).size < lines.length) throw userInputError('Each SKU stands on one line.');
  return { transferId: input.transfer.toLowerCase(), lines, isComplete: input.isComplete };
}
