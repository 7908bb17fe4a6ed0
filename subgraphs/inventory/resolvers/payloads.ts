import type { MovedTransfer } from '../commands/read-moved-transfer.ts';
import type { StockOutcome } from '../commands/run-stock-command.ts';
import type { MovedStock } from '../commands/stock-line.ts';
import type { Context } from '../context.ts';
import type { StockHoldParent, StockLevelParent, StockTransferParent } from '../parents.ts';
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
  SetPickupCapacityPayloadResolvers,
  SetStockThresholdsPayloadResolvers,
  SettleAllocationPayloadResolvers,
  StockCountResultResolvers,
} from '../resolver-types.generated.ts';

/** A level as a command left it. An answer given again comes from JSON, where an instant is text. */
function toLevel(level: StockLevelParent): StockLevelParent {
  return { ...level, updated_at: new Date(level.updated_at), as_of: new Date(level.as_of) };
}

/** The hold as the command left it, also when the answer is given again: what ended it since is not in it. */
async function findHold(
  { hold, holdId, left }: ReservationOutcome,
  { loaders }: Context,
): Promise<StockHoldParent | null> {
  if (hold !== undefined || holdId === null) return hold ?? null;
  const row = await loaders.hold.load(holdId);
  if (row === undefined || left === undefined) return row ?? null;
  const [state, expiresAt, endedAt, reference] = left;
  const ended_at = endedAt === null ? null : new Date(endedAt);
  return { ...row, state, expires_at: new Date(expiresAt), ended_at, reference };
}

const holdPayload = {
  hold: (outcome: ReservationOutcome, _arguments: object, context: Context) => findHold(outcome, context),
  userErrors: (outcome: ReservationOutcome) => outcome.problems,
};

const movedPayload = {
  levels: ({ done }: StockOutcome<MovedStock>) => done?.levels.map(toLevel) ?? null,
  userErrors: (outcome: StockOutcome<MovedStock>) => outcome.problems,
};

/** A transfer as a command left it. */
function toTransfer({ transfer, lines }: MovedTransfer): StockTransferParent {
  const { sent_at, closed_at } = transfer;
  return { ...transfer, sent_at: new Date(sent_at), closed_at: closed_at === null ? null : new Date(closed_at), lines };
}

const transferPayload = {
  transfer: ({ done }: StockOutcome<MovedTransfer>) => (done === null ? null : toTransfer(done)),
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
    level: ({ done }) => done?.levels.map(toLevel)[0] ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies AdjustStockPayloadResolvers,

  RecordStockCountPayload: {
    results: ({ done }) =>
      done?.findings.flatMap((finding, i) => {
        const level = done.levels[i];
        return level === undefined ? [] : [{ ...finding, level: toLevel(level) }];
      }) ?? null,
    userErrors: (outcome) => outcome.problems,
  } satisfies RecordStockCountPayloadResolvers,

  StockCountResult: {
    variance: ({ counted, expected }) => counted - expected,
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

  SetPickupCapacityPayload: {
    location: async ({ done }, _arguments, { loaders }) => {
      if (done === null) return null;
      const { locationId, perHour, perDay } = done;
      const location = await loaders.location.clear(locationId).load(locationId);
      return location === undefined ? null : { ...location, pickups_per_hour: perHour, pickups_per_day: perDay };
    },
    userErrors: (outcome) => outcome.problems,
  } satisfies SetPickupCapacityPayloadResolvers,

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
    ...movedPayload,
    shortfalls: ({ done }) => done?.shortfalls ?? [],
  } satisfies RecordStockSalePayloadResolvers,
};
