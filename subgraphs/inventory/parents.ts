import type { Selectable } from 'kysely';
import type {
  ChannelBufferTable,
  ChannelQuotaTable,
  LocationTable,
  StockLevelTable,
  StockMovementTable,
  StockPromiseColumn,
  StockTransferLineTable,
  StockTransferTable,
} from '../../db/tables/inventory.ts';
import type { StockAlert } from './alerts/stock-alert.ts';
import type { StockAuditRow } from './audit/check-stock.ts';
import type { BundlePart } from './bundles/bundle-parts.ts';
import type { RuleOutcome } from './channel-rules/try-rule.ts';
import type { BulkResult } from './commands/change-stock-in-bulk.ts';
import type { MovedTransfer } from './commands/read-moved-transfer.ts';
import type { StockCountFinding } from './commands/record-stock-count.ts';
import type { RecordedSale } from './commands/record-stock-sale.ts';
import type { StockOutcome } from './commands/run-stock-command.ts';
import type { ChannelBackOrderRow } from './commands/set-channel-back-order.ts';
import type { PickupCapacity } from './commands/set-pickup-capacity.ts';
import type { StockThresholdRow } from './commands/set-stock-thresholds.ts';
import type { MovedStock } from './commands/stock-line.ts';
import type { ReservationOutcome, StockHoldRow } from './reservations/reservation.ts';
import type { StockProblem } from './stock-problem.ts';

/** A location as its row stands. */
export type LocationParent = Selectable<LocationTable>;

/** A level as its row stood, and when: `sequence` is the number of the feed up to which every change is in it. */
export type StockLevelParent = Omit<Selectable<StockLevelTable>, 'folded_sellable'> & {
  readonly as_of: Date;
  readonly sequence: number;
};

/** A movement as its row stands. */
export type StockMovementParent = Selectable<StockMovementTable>;

/** A hold as its row stands. */
export type StockHoldParent = StockHoldRow;

/** A line of a hold. */
export interface StockHoldLineParent {
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Products owns the variant; here its SKU is all that is known of it. */
export interface ProductVariantParent {
  readonly sku: string;
}

/** What a channel can sell of a variant, as read in one statement. */
export interface AvailabilityParent {
  readonly sku: string;
  readonly channelId: string;
  readonly availableToSell: number;
  /** How many of these are there now; whoever gets the others waits. */
  readonly onShelf: number;
  readonly isTooEarly: boolean;
  readonly limitedBy: 'STOCK' | 'BUFFER' | 'QUOTA' | 'BACK_ORDER' | 'TOO_EARLY' | 'NO_LOCATION';
  readonly asOf: Date;
  readonly sequence: number;
}

/** A transfer as its row stands; with its lines where a command left both so. */
export type StockTransferParent = Selectable<StockTransferTable> & {
  readonly lines?: readonly Selectable<StockTransferLineTable>[];
};

/** A line of a transfer as its row stands. */
export type StockTransferLineParent = Selectable<StockTransferLineTable> & { readonly isClosed: boolean };

export type SendStockTransferPayloadParent = StockOutcome<MovedTransfer>;
export type ReceiveStockTransferPayloadParent = StockOutcome<MovedTransfer>;

/** Products owns the channel; here its id is all that is known of it. */
export interface ChannelParent {
  readonly id: string;
}

/** A buffer as its row stands. */
export type ChannelBufferParent = Selectable<ChannelBufferTable>;

/** A quota as its row stands, and what expired holds still count under it. */
export type ChannelQuotaParent = Selectable<ChannelQuotaTable>;

/** What a rule makes of a variant's availability. */
export interface AvailabilityChangeParent {
  readonly sku: string;
  readonly before: number;
  readonly after: number;
}

export type SetChannelBufferPayloadParent = RuleOutcome<ChannelBufferParent>;
/** A back-order rule as its row stands. */
export type ChannelBackOrderParent = ChannelBackOrderRow;

export type SetChannelBackOrderPayloadParent = RuleOutcome<ChannelBackOrderParent>;

/** A part of a bundle. */
export type BundlePartParent = BundlePart;

export type SetBundlePartsPayloadParent = StockOutcome<{
  readonly sku: string;
  readonly parts: readonly BundlePart[];
  readonly version: number;
}>;
export type SetChannelQuotaPayloadParent = RuleOutcome<ChannelQuotaParent>;

/** A shop that has a variant. */
export interface PickupOptionParent {
  readonly location: LocationParent;
  readonly distanceKm: number;
  readonly availableToSell: number;
  /** The instant, by the database's clock, that opening hours are counted from. */
  readonly asOf: Date;
  readonly sequence: number;
}

/** Another place that has what was asked for. */
export interface StockAlternativeParent {
  readonly location: LocationParent;
  readonly availableToSell: number;
  readonly asOf: Date;
  readonly sequence: number;
}

/** An audit as its row stands. */
export type StockAuditParent = StockAuditRow;

/** What differs, as the audit noted it. */
export type StockDifferenceParent = StockAuditRow['differences'][number];

export type HoldStockPayloadParent = ReservationOutcome;
export type ExtendHoldPayloadParent = ReservationOutcome;
export type ReleaseHoldPayloadParent = ReservationOutcome;
export type CommitHoldPayloadParent = ReservationOutcome;

export type AdjustStockPayloadParent = StockOutcome<MovedStock>;
export type RecordStockCountPayloadParent = StockOutcome<
  MovedStock & { readonly findings: readonly StockCountFinding[] }
>;
export type StockCountResultParent = StockCountFinding & { readonly level: StockLevelParent };
export type SettleAllocationPayloadParent = StockOutcome<MovedStock>;
export type RecordStockReturnPayloadParent = StockOutcome<MovedStock>;
export type ChangeStockLevelsPayloadParent = StockOutcome<{ readonly results: readonly BulkResult[] }>;
export type RecordStockSalePayloadParent = StockOutcome<RecordedSale>;

/** An event of a location's feed. */
export interface StockChangedParent {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly cursor: string;
  readonly sequence: number;
  readonly levels: readonly StockLevelParent[];
}

/** An alert as it is at one of its versions. */
export type StockAlertParent = StockAlert;

/** A promise that an alert names. */
export type StockPromiseParent = StockPromiseColumn;

/** Something that could be done about a shortfall. */
export interface StockSuggestionParent {
  readonly kind: 'MOVE_FROM' | 'BACK_ORDER' | 'SUBSTITUTE' | 'CANCEL';
  readonly quantity: number;
  readonly location: LocationParent | null;
  readonly sku: string | null;
  readonly promise: StockPromiseParent | null;
}

/** An event of a feed of alerts. */
export interface StockAlertsEventParent {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly cursor: string;
  readonly sequence: number;
  readonly alerts: readonly StockAlertParent[];
}

/** A threshold as its row stands. */
export type StockThresholdParent = StockThresholdRow;

export type SetPickupCapacityPayloadParent = StockOutcome<PickupCapacity>;
export type SetStockThresholdsPayloadParent = StockOutcome<{ readonly thresholds: readonly StockThresholdRow[] }>;

/** A variant whose stock has changed. */
export interface StockChangeParent {
  readonly sku: string;
  readonly committedAt: Date;
}

type ProblemOf<Kind extends StockProblem['kind']> = Extract<StockProblem, { kind: Kind }>;

export type UserErrorParent = StockProblem;
export type InsufficientStockParent = ProblemOf<'INSUFFICIENT_STOCK'>;
export type HoldNotActiveParent = ProblemOf<'HOLD_NOT_ACTIVE'>;
export type NotFoundParent = ProblemOf<'NOT_FOUND'>;
export type TransferClosedParent = ProblemOf<'TRANSFER_CLOSED'>;
export type OutOfRangeParent = ProblemOf<'OUT_OF_RANGE'>;
export type VersionConflictParent = ProblemOf<'VERSION_CONFLICT'>;
export type IdempotencyKeyReusedParent = ProblemOf<'IDEMPOTENCY_KEY_REUSED'>;
