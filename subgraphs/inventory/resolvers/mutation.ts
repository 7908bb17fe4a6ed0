import { readIdempotencyKey, toFingerprint, toOwnKey } from '../../shared/idempotency.ts';
import { userInputError } from '../../shared/public-error.ts';
import { actorOf } from '../actor-of.ts';
import { adjustStock } from '../commands/adjust-stock.ts';
import { changeStockInBulk } from '../commands/change-stock-in-bulk.ts';
import { receiveStockTransfer } from '../commands/receive-stock-transfer.ts';
import { recordStockCount } from '../commands/record-stock-count.ts';
import { recordStockReturn } from '../commands/record-stock-return.ts';
import { recordStockSale } from '../commands/record-stock-sale.ts';
import type { StockRequest } from '../commands/run-stock-command.ts';
import { sendStockTransfer } from '../commands/send-stock-transfer.ts';
import { setBundleParts } from '../commands/set-bundle-parts.ts';
import { setChannelBackOrder } from '../commands/set-channel-back-order.ts';
import { setChannelBuffer } from '../commands/set-channel-buffer.ts';
import { setChannelQuota } from '../commands/set-channel-quota.ts';
import { setPickupCapacity } from '../commands/set-pickup-capacity.ts';
import { setStockThresholds } from '../commands/set-stock-thresholds.ts';
import { settleAllocation } from '../commands/settle-allocation.ts';
import type { Context } from '../context.ts';
import { readAdjustments, readSets } from '../input/read-bulk.ts';
import { readBundle } from '../input/read-bundle.ts';
import { readAdjustment, readCounts, readSale } from '../input/read-facts.ts';
import { maxHoldMinutes, readHoldCommand } from '../input/read-hold-command.ts';
import { readReturn, readSettlement } from '../input/read-moved-stock.ts';
import { readPickupCapacity } from '../input/read-pickup-capacity.ts';
import { readBackOrderRule, readBufferRule, readQuotaRule } from '../input/read-rules.ts';
import { readThresholds } from '../input/read-thresholds.ts';
import { readArrival, readShipment } from '../input/read-transfers.ts';
import { readName, readNumber } from '../input/read-values.ts';
import { isUuid } from '../is-uuid.ts';
import { mayUseHold, requireMakeHold, requireWriteLocation, requireWriteStock } from '../may-write.ts';
import type { LockedHold, ReservationCommand } from '../reservations/reservation.ts';
import type { MutationResolvers } from '../resolver-types.generated.ts';

export const mutationResolvers = {
  adjustStock: (_parent, { input }, context) =>
    adjustStock(context.db, readAdjustment(input), toStockRequest('adjustStock', input, context), context.signal),

  recordStockCount: (_parent, { input }, context) =>
    recordStockCount(
      context.db,
      readName('location', input.location),
      readCounts(input),
      toLocationRequest('recordStockCount', input, context),
      context.signal,
    ),

  recordStockSale: (_parent, { input }, context) =>
    recordStockSale(context.db, readSale(input), toLocationRequest('recordStockSale', input, context), context.signal),

  settleAllocation: (_parent, { input }, context) =>
    settleAllocation(
      context.db,
      readSettlement(input),
      toStockRequest('settleAllocation', input, context),
      context.signal,
    ),

  recordStockReturn: (_parent, { input }, context) =>
    recordStockReturn(
      context.db,
      readReturn(input),
      toLocationRequest('recordStockReturn', input, context),
      context.signal,
    ),

  setStockLevels: (_parent, { input }, context) =>
    changeStockInBulk(context.db, readSets(input), toStockRequest('setStockLevels', input, context), context.signal),

  adjustStockLevels: (_parent, { input }, context) =>
    changeStockInBulk(
      context.db,
      readAdjustments(input),
      toStockRequest('adjustStockLevels', input, context),
      context.signal,
    ),

  sendStockTransfer: (_parent, { input }, context) =>
    sendStockTransfer(
      context.db,
      readShipment(input),
      toStockRequest('sendStockTransfer', input, context),
      context.signal,
    ),

  receiveStockTransfer: (_parent, { input }, context) =>
    receiveStockTransfer(
      context.db,
      readArrival(input),
      toStockRequest('receiveStockTransfer', input, context),
      context.signal,
    ),

  holdStock: (_parent, { input }, context) => {
    const command = readHoldCommand(input);
    requireMakeHold(context.caller, command);
    return reserve('holdStock', command, input, context);
  },

  extendHold: (_parent, { input }, context) => {
    const minutes = readNumber('minutes', input.minutes, 1, maxHoldMinutes);
    return reserve('extendHold', { kind: 'EXTEND', holdId: readHoldId(input.hold), minutes }, input, context);
  },

  releaseHold: (_parent, { input }, context) =>
    reserve('releaseHold', { kind: 'RELEASE', holdId: readHoldId(input.hold) }, input, context),

  commitHold: (_parent, { input }, context) => {
    const reference = readName('reference', input.reference);
    const command = { kind: 'COMMIT', holdId: readHoldId(input.hold), as: input.as ?? 'ALLOCATE', reference } as const;
    return reserve('commitHold', command, input, context);
  },

  setChannelBuffer: (_parent, { input }, context) =>
    setChannelBuffer(
      context.db,
      readBufferRule(input),
      toStockRequest('setChannelBuffer', input, context),
      context.signal,
    ),

  setChannelBackOrder: (_parent, { input }, context) =>
    setChannelBackOrder(
      context.db,
      readBackOrderRule(input),
      toStockRequest('setChannelBackOrder', input, context),
      context.signal,
    ),

  setBundleParts: (_parent, { input }, context) =>
    setBundleParts(context.db, readBundle(input), toStockRequest('setBundleParts', input, context), context.signal),

  setPickupCapacity: (_parent, { input }, context) =>
    setPickupCapacity(
      context.db,
      readPickupCapacity(input),
      toStockRequest('setPickupCapacity', input, context),
      context.signal,
    ),

  setStockThresholds: (_parent, { input }, context) =>
    setStockThresholds(
      context.db,
      readThresholds(input),
      toStockRequest('setStockThresholds', input, context),
      context.signal,
    ),

  setChannelQuota: (_parent, { input }, context) =>
    setChannelQuota(
      context.db,
      readQuotaRule(input),
      toStockRequest('setChannelQuota', input, context),
      context.signal,
    ),
} satisfies MutationResolvers;

function reserve(operation: string, command: ReservationCommand, input: KeyedInput, context: Context) {
  const mayUse = (hold: LockedHold) => mayUseHold(context.caller, hold);
  return context.desk.submit({ command, mayUse, ...toRequest(operation, input, context) }, context.signal);
}

interface KeyedInput {
  readonly idempotencyKey: string;
}

/** The request of what only those may ask who may change all of stock. */
function toStockRequest(operation: string, input: KeyedInput, context: Context): StockRequest {
  requireWriteStock(context.caller);
  return toRequest(operation, input, context);
}

/** The request of what a till may ask of its own location. */
function toLocationRequest(
  operation: string,
  input: KeyedInput & { readonly location: string },
  context: Context,
): StockRequest {
  requireWriteLocation(context.caller, input.location);
  return toRequest(operation, input, context);
}

function toRequest(operation: string, input: KeyedInput, { caller }: Context): StockRequest {
  const actor = actorOf(caller);
  return {
    idempotencyKey: toOwnKey(actor, readIdempotencyKey(input.idempotencyKey)),
    fingerprint: toFingerprint(operation, input),
    actor,
  };
}

function readHoldId(id: string): string {
  if (!isUuid(id)) throw userInputError('hold is the id of a hold.');
  return id.toLowerCase();
}
