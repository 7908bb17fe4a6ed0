import type { StockOutcome } from '../commands/run-stock-command.ts';
import type { MovedStock } from '../commands/stock-line.ts';
import type { Context } from '../context.ts';
import type { LevelKey } from '../level-key.ts';
import type { StockHoldParent, StockLevelParent } from '../parents.ts';
import type { ReservationOutcome } from '../reservations/reservation.ts';
import type {
  AdjustStockPayloadResolvers,
  ChangeStockLevelsPayloadResolvers,
  CommitHoldPayloadResolvers,
  ExtendHoldPayloadResolvers,
  HoldStockPayloadResolvers,
  ReceiveStockTransferPayloadResolvers,
  RecordStockCountPayloadResolvers,
  RecordStockReturnPayloadResolvers,
  RecordStockSalePayloadResolvers,
  ReleaseHoldPayloadResolvers,
  SendStockTransferPayloadResolvers,
  SetBundlePartsPayloadResolvers,
  SetChannelBackOrderPayloadResolvers,
  SetChannelBufferPayloadResolvers,
  SetChannelQuotaPayloadResolvers,
  SetStockThresholdsPayloadResolvers,
  SettleAllocationPayloadResolvers,
  StockCountResultResolvers,
} from '../resolver-types.generated.ts';

/** The level as it is now: one that an earlier mutation of the same request has loaded may be out of date. */
async function getLevelNow(key: LevelKey, { loaders }: Context): Promise<StockLevelParent> {
  const level = await loaders.stockLevel.clear(key).load(key);
  if (level === undefined) throw new Error(`The level of ${key.sku} at ${key.locationId} is gone.`);
  return level;
}

/** The hold as the command left it; that of an answer given again, as it is by now. */
async function findHold({ hold, holdId }: ReservationOutcome, context: Context): Promise<StockHoldParent | null> {
  if (hold !== undefined || holdId === null) return hold ?? null;
  return (await context.loaders.hold.clear(holdId).load(holdId)) ?? null;
}

const holdPayload = {
  hold: (outcome: ReservationOutcome, _arguments: object, context: Context) => findHold(outcome, context),
  userErrors: (outcome: ReservationOutcome) => outcome.problems,
};

/** The levels that a command moved, as they are now; null when it did nothing. */
function listMoved(moved: MovedStock | null, context: Context): Promise<StockLevelParent[]> | null {
  if (moved === null) return null;
  const { locationId, skus } = moved;
  return Promise.all(skus.map((sku) => getLevelNow({ sku, locationId }, context)));
}

const movedPayload = {
  levels: ({ done }: StockOutcome<MovedStock>, _arguments: object, context: Context) => listMoved(done, context),
  userErrors: (outcome: StockOutcome<MovedStock>) => outcome.problems,
};

const transferPayload = {
  transfer: async (
    { done }: StockOutcome<{ readonly transferId: string }>,
    _arguments: object,
    { loaders }: Context,
  ) => (done === null ? null : ((await loaders.transfer.clear(done.transferId).load(done.transferId)) ?? null)),
  userErrors: (outcome: StockOutcome<object>) => outcome.problems,
};

export const payloadResolvers = {
  SendStockTransferPayload: transferPayload satisfies SendStockTransferPayloadResolvers,
  ReceiveStockTransferPayload: transferPayload satisfies ReceiveStockTransferPayloadResolvers,

  HoldStockPayload: holdPayload satisfies HoldStockPayloadResolvers,
  ExtendHoldPayload: holdPayload satisfies ExtendHoldPayloadResolvers,
  ReleaseHoldPayload: holdPayload satisfies ReleaseHoldPayloadResolvers,
  CommitHoldPayload: holdPayload satisfies CommitHoldPayloadResolvers,

  AdjustStockPayload: {
    level: ({ done }, _arguments, context) => (done === null ? null : getLevelNow(done, context)),
    userErrors: (outcome) => outcome.problems,
  } satisfies AdjustStockPayloadResolvers,

  RecordStockCountPayload: {
    results: ({ done }) => done?.findings.map((finding) => ({ ...finding, locationId: done.locationId })) ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies RecordStockCountPayloadResolvers,

  StockCountResult: {
    variance: ({ counted, expected }) => counted - expected,
    level: ({ sku, locationId }, _arguments, context) => getLevelNow({ sku, locationId }, context),
  } satisfies StockCountResultResolvers,

  SetChannelBufferPayload: {
    buffer: ({ done }) => done?.rule ?? null,
    changes: ({ done }) => done?.changes ?? [],
    userErrors: (outcome) => outcome.problems,
  } satisfies SetChannelBufferPayloadResolvers,

  SetChannelBackOrderPayload: {
    backOrder: ({ done }) => done?.rule ?? null,
    changes: ({ done }) => done?.changes ?? [],
    userErrors: (outcome) => outcome.problems,
  } satisfies SetChannelBackOrderPayloadResolvers,

  SetBundlePartsPayload: {
    variant: ({ done }) => (done === null ? null : { sku: done.sku }),
    parts: ({ done }) => done?.parts ?? null,
    version: ({ done }) => done?.version ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies SetBundlePartsPayloadResolvers,

  SetChannelQuotaPayload: {
    quota: ({ done }) => done?.rule ?? null,
    changes: ({ done }) => done?.changes ?? [],
    userErrors: (outcome) => outcome.problems,
  } satisfies SetChannelQuotaPayloadResolvers,

  SetStockThresholdsPayload: {
    thresholds: ({ done }) => done?.thresholds ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies SetStockThresholdsPayloadResolvers,

  ChangeStockLevelsPayload: {
    results: ({ done }) => done?.results ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies ChangeStockLevelsPayloadResolvers,

  SettleAllocationPayload: movedPayload satisfies SettleAllocationPayloadResolvers,
  RecordStockReturnPayload: movedPayload satisfies RecordStockReturnPayloadResolvers,

  RecordStockSalePayload: {
    levels: ({ done }, _arguments, context) => listMoved(done, context),
    shortfalls: ({ done }) => done?.shortfalls ?? [],
    userErrors: (outcome) => outcome.problems,
  } satisfies RecordStockSalePayloadResolvers,
};
