import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { LocationParent, StockLevelParent, StockMovementParent, StockHoldParent, StockHoldLineParent, ProductVariantParent, AvailabilityParent, StockTransferParent, StockTransferLineParent, SendStockTransferPayloadParent, ReceiveStockTransferPayloadParent, ChannelParent, ChannelBufferParent, ChannelQuotaParent, AvailabilityChangeParent, SetChannelBufferPayloadParent, ChannelBackOrderParent, SetChannelBackOrderPayloadParent, BundlePartParent, SetBundlePartsPayloadParent, SetChannelQuotaPayloadParent, PickupOptionParent, StockAlternativeParent, StockAuditParent, StockDifferenceParent, HoldStockPayloadParent, ExtendHoldPayloadParent, ReleaseHoldPayloadParent, CommitHoldPayloadParent, AdjustStockPayloadParent, RecordStockCountPayloadParent, StockCountResultParent, SettleAllocationPayloadParent, RecordStockReturnPayloadParent, ChangeStockLevelsPayloadParent, RecordStockSalePayloadParent, StockChangedParent, StockAlertParent, StockPromiseParent, StockSuggestionParent, StockAlertsEventParent, StockThresholdParent, SetPickupCapacityPayloadParent, SetStockThresholdsPayloadParent, StockChangeParent, UserErrorParent, InsufficientStockParent, HoldNotActiveParent, NotFoundParent, TransferClosedParent, OutOfRangeParent, VersionConflictParent, IdempotencyKeyReusedParent } from './parents.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC with its offset, as in RFC 3339: 2011-08-31T16:05:00.000Z. */
  DateTime: { input: Date; output: Date; }
  /** A day, as 2011-08-31. */
  Date: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** Where a page of a connection begins and ends. */
export type PageInfo = {
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is something before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last edge, to pass as `after`; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  /**
   * Shops and warehouses: nearest first when `near` is given, else by name.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, coordinates off the globe, or a page size outside 1 to 100.
   */
  readonly locations?: Maybe<LocationConnection>;
  /** One location by its id; null when there is none. */
  readonly location?: Maybe<Location>;
  /**
   * One hold by its id; null when there is none. For: staff with `stock:read`, whoever made it, and a till when all of it lies at its location; anybody
   * else's looks like one that there is none of.
   */
  readonly stockHold?: Maybe<StockHold>;
  /**
   * One transfer by its id; null when there is none. For: staff with `stock:read`, and the tills of the two locations; anybody else's
   * looks like one that there is none of.
   */
  readonly stockTransfer?: Maybe<StockTransfer>;
  /**
   * The proof that the numbers agree: the ledger with the counters, the holds with what is held, the promises with the shelf. The
   * last check is shown; one older than a minute is made anew. For: everybody; what differs is for staff.
   */
  readonly stockAudit?: Maybe<StockAudit>;
  /**
   * Alerts of stock, open and past, the latest first: all of them, or those of one location or one channel. For: staff with `stock:read`; a till
   * reads those of its location, and none of another's.
   * Errors: BAD_USER_INPUT for both a location and a channel, a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly stockAlerts?: Maybe<StockAlertConnection>;
  /**
   * The stock of a channel by pulling, for whoever keeps a copy of what can be sold: first every variant that has a stock level at one of
   * the channel's locations (pages of kind SNAPSHOT), then every change in order. Keep `cursor` with what you stored, and ask
   * again with it: at once while `hasMore` is true, else after a pause. Nothing is missed and nothing comes twice between pulls.
   * Empty for a channel that no location serves. Not announced: a change of a buffer or a quota, and a hold that expires before it is
   * tidied up (some seconds).
   * A cursor that cannot be gone on from (older than a day or a million changes, from before a restore, of another channel or location, of a
   * time when other locations served the channel, or damaged) gets the snapshot from its first page.
   * For: staff with `stock:read`, and a partner on their own channel; another's looks like one that no location serves.
   * Errors: BAD_USER_INPUT for a page size outside 1 to 500, or a location that there is none of.
   */
  readonly stockChanges?: Maybe<StockChangesPage>;
};


export type QueryLocationsArgs = {
  near?: InputMaybe<GeoPointInput>;
  kind?: InputMaybe<LocationKind>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLocationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStockHoldArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStockTransferArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStockAlertsArgs = {
  location?: InputMaybe<Scalars['ID']['input']>;
  channel?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['ID']['input']>;
  kinds?: InputMaybe<ReadonlyArray<StockAlertKind>>;
  isOpen?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryStockChangesArgs = {
  channel: Scalars['ID']['input'];
  location?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Subscription = {
  /**
   * The shelf of one location, live: the whole of it first (SNAPSHOT), then every committed change, in order and once (CHANGES), and a
   * HEARTBEAT after every 5 seconds in which nothing happened. Keep `cursor` with what you stored; with it as `after` the feed goes on
   * from there, also over a reconnect or a restart. Changes are kept for a day, at most a million; a cursor that cannot be gone on
   * from (older, from before a restore, of another location, or damaged) gets a SNAPSHOT.
   * For: staff with `stock:read`, and a till at its location.
   * Errors: BAD_USER_INPUT for a location that there is none of; FORBIDDEN for a till that asks for another than its own.
   */
  readonly stockChanged: StockChanged;
  /**
   * The alerts of one location or one channel, live: those that are open first (SNAPSHOT), then each one as it is raised, changed or closed, in
   * order and once (CHANGES), and a HEARTBEAT after every 5 seconds in which nothing happened. Cursors as those of stockChanged, and of this
   * list of alerts only. An alert follows its change within about a tenth of a second. For: staff with `stock:read`, and a till at its location.
   * Errors: BAD_USER_INPUT for a location that there is none of, or unless exactly one of `location` and `channel` is given; FORBIDDEN for a
   * till that asks for anything but its own location.
   */
  readonly stockAlerts: StockAlertsEvent;
};


export type SubscriptionStockChangedArgs = {
  location: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionStockAlertsArgs = {
  location?: InputMaybe<Scalars['ID']['input']>;
  channel?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An event of a location's live shelf. */
export type StockChanged = {
  /** The position after this event, to pass as `after`; 44 characters, opaque. Heartbeats move it on too. */
  readonly cursor: Scalars['String']['output'];
  /** What the event is. */
  readonly kind: StockFeedKind;
  /** The position of the stock feed after this event, as `StockLevel.sequence` tells it. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /**
   * SNAPSHOT: every level of the location, by SKU; whatever was known before is void. CHANGES: the levels as each change left them, in
   * order. A level that changed several times stands there once for each version, so that versions of a variant rise by
   * one with nothing left out; apply an event as a whole, because what one transaction did to a level is never split. HEARTBEAT: none.
   */
  readonly levels: ReadonlyArray<StockLevel>;
};

/** An event of a live list of alerts. */
export type StockAlertsEvent = {
  /** The position after this event, to pass as `after`; 44 characters, opaque. Heartbeats move it on too. */
  readonly cursor: Scalars['String']['output'];
  /** What the event is. */
  readonly kind: StockFeedKind;
  /** The position of the stock feed after this event. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /**
   * SNAPSHOT: every alert that is open, the earliest first; whatever was known before is void. CHANGES: alerts as each step left them, in order; one
   * that was raised and closed stands there twice. HEARTBEAT: none.
   */
  readonly alerts: ReadonlyArray<StockAlert>;
};

/** What an alert tells. */
export type StockAlertKind =
  /** The number fell to its threshold or below. Closed when it is `low + margin` again, or is out. */
  | 'LOW'
  /** The number fell to 0 or below. Closed when it is `backInStockAt` again. While it is open there is no LOW. */
  | 'OUT'
  /** What was out can be had again. Closed as soon as it is raised. */
  | 'BACK_IN_STOCK'
  /** A location has promised more than is there, because a count or a sale said so. Needs no threshold; closed when nothing is missing. */
  | 'SHORTFALL'
  /** A channel has sold more of a variant than its quota allows: facts are never refused, and a quota may be lowered. Closed when it has not. */
  | 'OVER_QUOTA';

/**
 * Something about a number of stock that people should know: raised once for a crossing, and closed when it is over. LOW, OUT and BACK_IN_STOCK need a
 * threshold (setStockThresholds). Those of a location judge every version of its levels by the threshold that was in force then; those of a channel judge what it can sell each time
 * stock or a rule has changed, as it is at that moment: a dip of some ms may go untold. Not judged: time alone, such as a quota that begins.
 */
export type StockAlert = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What it tells. */
  readonly kind: StockAlertKind;
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** The location whose level it is about; null for one of a channel. */
  readonly location?: Maybe<Location>;
  /** The channel that it is about; null for one of a location. */
  readonly channel?: Maybe<Channel>;
  /**
   * The number in units: what is sellable at the location, or what the channel can sell. Of SHORTFALL what is missing, of OVER_QUOTA how many are
   * over. As it was when the alert was raised, last changed or closed.
   */
  readonly quantity: Scalars['Int']['output'];
  /** What the number crossed, in units: `low`, 0, `backInStockAt`, or the quota; null for SHORTFALL. */
  readonly threshold?: Maybe<Scalars['Int']['output']>;
  /** Whether it is not over. */
  readonly isOpen: Scalars['Boolean']['output'];
  /** When the change was committed that raised it. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** When the change was committed that ended it; null while it is open. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The position in the stock feed of the change that made it so, as `StockLevel.sequence` tells it. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /** 1 when it is raised, then raised by one with each change. */
  readonly version: Scalars['Int']['output'];
  /** Of SHORTFALL: the first of `promises`. */
  readonly weakestPromise?: Maybe<StockPromise>;
  /**
   * Of SHORTFALL: the promises that cannot be kept, the weakest first, at most 10. Weaker is a hold than an order; among holds a try-on, then a
   * cart, a till, a marketplace's order, an order being placed; of two alike, the younger. As it was at the alert's last change.
   */
  readonly promises: ReadonlyArray<StockPromise>;
  /** Of an open SHORTFALL: what could be done, as stock stands now; the gentlest first, at most 15. */
  readonly suggestions: ReadonlyArray<StockSuggestion>;
};

/** What kind of promise it is. */
export type StockPromiseKind =
  /** A hold, which may still expire. */
  | 'HOLD'
  /** An order's. */
  | 'ORDER';

/** Stock that was promised to somebody. */
export type StockPromise = {
  /** What kind of promise. */
  readonly kind: StockPromiseKind;
  /** The hold's id; or the order, as it was named when its hold was committed. */
  readonly id: Scalars['ID']['output'];
  /** What a hold is for; null for an order. */
  readonly ownerKind?: Maybe<HoldOwnerKind>;
  /** How many units. */
  readonly quantity: Scalars['Int']['output'];
  /** When it was promised. */
  readonly madeAt: Scalars['DateTime']['output'];
};

/** What could be done about a shortfall. */
export type StockSuggestionKind =
  /** Send the whole quantity from `location` (sendStockTransfer). */
  | 'MOVE_FROM'
  /** Let `promise` wait for what is on its way here. */
  | 'BACK_ORDER'
  /** Offer another variant of `variant`'s product to whom `promise` was made. */
  | 'SUBSTITUTE'
  /** Give `promise` up: release the hold, or the order's allocation (releaseHold, settleAllocation). */
  | 'CANCEL';

/** Something that could be done about a shortfall. */
export type StockSuggestion = {
  /** What. */
  readonly kind: StockSuggestionKind;
  /** How many units it would help with. */
  readonly quantity: Scalars['Int']['output'];
  /** Of MOVE_FROM: from where. */
  readonly location?: Maybe<Location>;
  /** Of SUBSTITUTE: the variant that is missing. */
  readonly variant?: Maybe<ProductVariant>;
  /** Whom it concerns; null for MOVE_FROM, and when no promise is known. */
  readonly promise?: Maybe<StockPromise>;
};

/** A page of alerts. */
export type StockAlertConnection = {
  /** The alerts of this page with their cursors. */
  readonly edges: ReadonlyArray<StockAlertEdge>;
  /** The alerts of this page. */
  readonly nodes: ReadonlyArray<StockAlert>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One alert of a page. */
export type StockAlertEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The alert. */
  readonly node: StockAlert;
};

/** When a number of stock is low, and when it is enough again. For: staff with `stock:read`, and a till at its location. */
export type StockThreshold = {
  /** The variant's stock keeping unit; null for the threshold of every variant that has none of its own. */
  readonly sku?: Maybe<Scalars['ID']['output']>;
  /** At so many units, or fewer, it is low. */
  readonly low: Scalars['Int']['output'];
  /** It is enough again at `low + margin`: so a number that goes up and down is told of once. */
  readonly margin: Scalars['Int']['output'];
  /** What was out is back in stock with so many. */
  readonly backInStockAt: Scalars['Int']['output'];
  /** Raised by one with every change. */
  readonly version: Scalars['Int']['output'];
};

/** A threshold to set, change or remove. */
export type StockThresholdInput = {
  /** The variant's stock keeping unit; every variant that has none of its own when not given. Each at most once in a request. */
  readonly sku?: InputMaybe<Scalars['ID']['input']>;
  /** At so many units, or fewer, it is low; 0 to 1,000,000. Null removes the threshold, and ends its alerts. */
  readonly low?: InputMaybe<Scalars['Int']['input']>;
  /** How many more make it enough again; 1 to 1,000,000. */
  readonly margin?: Scalars['Int']['input'];
  /** With how many what was out is back in stock; 1 to 1,000,000. */
  readonly backInStockAt?: Scalars['Int']['input'];
  /** Refuses the request when the threshold's version is another by now; 0 for one that does not exist. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** Thresholds of one location or one channel. */
export type SetStockThresholdsInput = {
  /** The location's slug; either this or `channel`. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** The channel's slug; either this or `location`. */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 500 thresholds. */
  readonly thresholds: ReadonlyArray<StockThresholdInput>;
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setStockThresholds did. */
export type SetStockThresholdsPayload = {
  /** The thresholds as they were set, without those that were removed; null when nothing was done. */
  readonly thresholds?: Maybe<ReadonlyArray<StockThreshold>>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What an event, or a page, of a stock feed is. */
export type StockFeedKind =
  /** Everything: it replaces what was known before. */
  | 'SNAPSHOT'
  /** What changed since the cursor before. */
  | 'CHANGES'
  /** Nothing changed; the cursor may have moved on. Only in subscriptions. */
  | 'HEARTBEAT';

/** A page of a stock feed that is pulled. */
export type StockChangesPage = {
  /** SNAPSHOT: a part of everything. CHANGES: what changed. */
  readonly kind: StockFeedKind;
  /** Whether a snapshot begins with this page: what was known before is void. */
  readonly isStart: Scalars['Boolean']['output'];
  /** Variants whose stock changed, each once, in the order of their latest change; of a snapshot, by SKU. May be empty while there is more. */
  readonly changes: ReadonlyArray<StockChange>;
  /** The position after this page, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The position of the stock feed that this page reaches, as `Availability.sequence` tells it; of a snapshot, that of its first page. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /** Whether there was more when this page was read. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** A variant whose stock has changed. */
export type StockChange = {
  /** The variant; null, with an error, when its catalogue does not answer. Its SKU alone always does. */
  readonly variant?: Maybe<ProductVariant>;
  /** What a channel can sell of it, as it is now: later changes are in it already. */
  readonly availability?: Maybe<Availability>;
  /** When the latest change of this page was committed, to within its transaction; of a snapshot, when its levels changed last. */
  readonly committedAt: Scalars['DateTime']['output'];
};


/** A variant whose stock has changed. */
export type StockChangeAvailabilityArgs = {
  channel: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Adds to, or takes from, one number of one level: goods that came in, were lost, or were found damaged. A fact, so it is never
   * refused for what was promised: what it takes from under a promise becomes shortfall.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (location), OUT_OF_RANGE, VERSION_CONFLICT, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly adjustStock: AdjustStockPayload;
  /**
   * Records what was counted on the shelf. A count is a fact about a moment: what moved after it is applied on top of it, also when it
   * is recorded later. A count older than the last one of a level is noted and changes nothing.
   * For: staff with `stock:write`, and a till at its location; FORBIDDEN at another.
   * User errors: NOT_FOUND (location), OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly recordStockCount: RecordStockCountPayload;
  /**
   * Records goods that a customer took away without a hold, such as a till's sale while it was offline. A fact: never
   * refused for stock. What was promised to others and is not there any more becomes shortfall.
   * For: staff with `stock:write`, and a till at its location; FORBIDDEN at another.
   * User errors: NOT_FOUND (location), OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly recordStockSale: RecordStockSalePayload;
  /**
   * Ends promises to an order: its goods left the shelf, or the promise is given up. All lines or none, and never more than was promised to
   * that order at that location.
   * For: staff with `stock:write`.
   * User errors: OUT_OF_RANGE, one for each line; IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly settleAllocation: SettleAllocationPayload;
  /**
   * Records goods that customers brought back. What is damaged or has to be looked at stands on the shelf and is not for sale; adjustStock with
   * the same reason and a delta below zero releases it later.
   * For: staff with `stock:write`, and a till at its location; FORBIDDEN at another.
   * User errors: NOT_FOUND (location), OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly recordStockReturn: RecordStockReturnPayload;
  /**
   * Sets numbers of many levels, as an ERP or a warehouse system does: each only if it still is what that system last knew, so that no sale in
   * between is overwritten. A fact; each row has an outcome of its own.
   * For: staff with `stock:write`.
   * User errors: IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setStockLevels: ChangeStockLevelsPayload;
  /**
   * Adds to, or takes from, numbers of many levels, in the order of the rows. A fact; each row has an outcome of its own.
   * For: staff with `stock:write`.
   * User errors: IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly adjustStockLevels: ChangeStockLevelsPayload;
  /**
   * Takes goods off one location's shelf and announces them at another, where they are `incoming` until they are received. All lines or none.
   * What is promised stays; safety stock may go.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (location); INSUFFICIENT_STOCK, one for each line that is short; IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly sendStockTransfer: SendStockTransferPayload;
  /**
   * Puts what arrived of a transfer on the shelf, in one go or in parts. A fact: more than was sent is taken as well. The transfer closes when
   * everything is there, or when `isComplete` says that nothing more will come; what is missing then is its discrepancy.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (transfer, or a SKU that was not sent), TRANSFER_CLOSED, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly receiveStockTransfer: ReceiveStockTransferPayload;
  /**
   * Keeps stock for somebody until a time. All lines or none; lines with the same SKU and location are summed. Give either
   * `location`, `sku` and `quantity`, or `lines`.
   * For: staff with `stock:write`; a till, with every line at its location; a partner, in its own channel and without naming locations; FORBIDDEN otherwise.
   * User errors: INSUFFICIENT_STOCK, one for each line that is short; IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT, OVERLOADED.
   */
  readonly holdStock: HoldStockPayload;
  /**
   * Lets a hold last longer, because whoever it is for is still there. Never makes it shorter.
   * For: staff with `stock:write`, whoever made it, and a till when all of it lies at its location; anybody else's is NOT_FOUND.
   * User errors: NOT_FOUND, HOLD_NOT_ACTIVE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT, OVERLOADED.
   */
  readonly extendHold: ExtendHoldPayload;
  /**
   * Gives back what a hold keeps. Releasing one that has ended by release or expiry is no error.
   * For: staff with `stock:write`, whoever made it, and a till when all of it lies at its location; anybody else's is NOT_FOUND.
   * User errors: NOT_FOUND, HOLD_NOT_ACTIVE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT, OVERLOADED.
   */
  readonly releaseHold: ReleaseHoldPayload;
  /**
   * Turns a hold into a promise to an order, or into a sale. Exactly one commit, release or expiry ends a hold; committing again for the
   * same reference is no error.
   * For: staff with `stock:write`, whoever made it, and a till when all of it lies at its location; anybody else's is NOT_FOUND.
   * User errors: NOT_FOUND, HOLD_NOT_ACTIVE, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT, OVERLOADED.
   */
  readonly commitHold: CommitHoldPayload;
  /**
   * Says how much of its locations' stock a channel keeps back. A dry run shows what would change.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (no location serves the channel), VERSION_CONFLICT, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setChannelBuffer: SetChannelBufferPayload;
  /**
   * Says how many of a variant a channel may sell in a time. A dry run shows what would change.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (no location serves the channel), OUT_OF_RANGE (another quota of the variant runs at that time), VERSION_CONFLICT,
   * IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setChannelQuota: SetChannelQuotaPayload;
  /**
   * Says how far a channel may sell a variant beyond what is there, and from when it may sell it. A dry run shows what would change.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (no location serves the channel, or this one does not), VERSION_CONFLICT, IDEMPOTENCY_KEY_REUSED.
   * Errors: BAD_USER_INPUT.
   */
  readonly setChannelBackOrder: SetChannelBackOrderPayload;
  /**
   * Says what a bundle is made of: holds, sales, returns and settlements of the bundle take and give its parts, all of one unit at one location. Those
   * made before keep the parts that they took.
   * For: staff with `stock:write`.
   * User errors: OUT_OF_RANGE (a part that is a bundle, a bundle that is a part or lies on a shelf itself), VERSION_CONFLICT,
   * IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setBundleParts: SetBundlePartsPayload;
  /**
   * Says how many units a shop can put aside for customers; when more are promised there already, `readyBy` comes later.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (location), IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setPickupCapacity: SetPickupCapacityPayload;
  /**
   * Says below which numbers people are told, for a location's levels or for what a channel can sell. All or none. Alerts follow at once, for what is
   * low already too.
   * For: staff with `stock:write`.
   * User errors: NOT_FOUND (location, or no location serves the channel), VERSION_CONFLICT, IDEMPOTENCY_KEY_REUSED. Errors: BAD_USER_INPUT.
   */
  readonly setStockThresholds: SetStockThresholdsPayload;
};


export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


export type MutationRecordStockCountArgs = {
  input: RecordStockCountInput;
};


export type MutationRecordStockSaleArgs = {
  input: RecordStockSaleInput;
};


export type MutationSettleAllocationArgs = {
  input: SettleAllocationInput;
};


export type MutationRecordStockReturnArgs = {
  input: RecordStockReturnInput;
};


export type MutationSetStockLevelsArgs = {
  input: SetStockLevelsInput;
};


export type MutationAdjustStockLevelsArgs = {
  input: AdjustStockLevelsInput;
};


export type MutationSendStockTransferArgs = {
  input: SendStockTransferInput;
};


export type MutationReceiveStockTransferArgs = {
  input: ReceiveStockTransferInput;
};


export type MutationHoldStockArgs = {
  input: HoldStockInput;
};


export type MutationExtendHoldArgs = {
  input: ExtendHoldInput;
};


export type MutationReleaseHoldArgs = {
  input: ReleaseHoldInput;
};


export type MutationCommitHoldArgs = {
  input: CommitHoldInput;
};


export type MutationSetChannelBufferArgs = {
  input: SetChannelBufferInput;
};


export type MutationSetChannelQuotaArgs = {
  input: SetChannelQuotaInput;
};


export type MutationSetChannelBackOrderArgs = {
  input: SetChannelBackOrderInput;
};


export type MutationSetBundlePartsArgs = {
  input: SetBundlePartsInput;
};


export type MutationSetPickupCapacityArgs = {
  input: SetPickupCapacityInput;
};


export type MutationSetStockThresholdsArgs = {
  input: SetStockThresholdsInput;
};

/** A way to sell; products owns it. */
export type Channel = {
  /** A short slug, such as web. */
  readonly id: Scalars['ID']['output'];
  /**
   * The locations that serve it, the first choice first.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly locations?: Maybe<LocationConnection>;
  /** What it keeps back of a variant at each of its locations: the variant's own rule, else the channel's. Null when there is neither. */
  readonly buffer?: Maybe<ChannelBuffer>;
  /** When what it can sell of a variant counts as low: the variant's own threshold, else the channel's. Null when there is neither. For: staff with `stock:read`. */
  readonly stockThreshold?: Maybe<StockThreshold>;
  /**
   * How often a count at one of its locations found what the records said. Counts are taken at the time at which somebody counted. For: staff with `stock:read`.
   * Errors: BAD_USER_INPUT for days that end before they begin, or more than 366.
   */
  readonly inventoryAccuracy?: Maybe<InventoryAccuracy>;
  /** How far it sells a variant beyond what is there, and from when it sells it; null when there is no such rule. */
  readonly backOrder?: Maybe<ChannelBackOrder>;
  /** The quota that runs for a variant now; null when there is none. For: staff with `stock:read`, and a partner on their own channel; null for another's. */
  readonly quota?: Maybe<ChannelQuota>;
};


/** A way to sell; products owns it. */
export type ChannelLocationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A way to sell; products owns it. */
export type ChannelBufferArgs = {
  sku?: InputMaybe<Scalars['ID']['input']>;
};


/** A way to sell; products owns it. */
export type ChannelStockThresholdArgs = {
  sku?: InputMaybe<Scalars['ID']['input']>;
};


/** A way to sell; products owns it. */
export type ChannelInventoryAccuracyArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


/** A way to sell; products owns it. */
export type ChannelBackOrderArgs = {
  sku: Scalars['ID']['input'];
};


/** A way to sell; products owns it. */
export type ChannelQuotaArgs = {
  sku: Scalars['ID']['input'];
};

/** How often counts found what the records said. For: staff with `stock:read`. */
export type InventoryAccuracy = {
  /** numerator / denominator, 0 to 1; null when nothing was counted. */
  readonly value?: Maybe<Scalars['Float']['output']>;
  /** What it should be at least: 0.97. */
  readonly target: Scalars['Float']['output'];
  /** How many counts found exactly what was expected. */
  readonly numerator: Scalars['Int']['output'];
  /** How many counts there were, one for each variant at a location; those without effect, because a later one was recorded before, are left out. */
  readonly denominator: Scalars['Int']['output'];
};

/** How many units a shop can put aside for customers. */
export type PickupCapacity = {
  /** In an hour in which it is open; null for as many as come. */
  readonly perHour?: Maybe<Scalars['Int']['output']>;
  /** On one day, of its own time zone; null for as many as come. */
  readonly perDay?: Maybe<Scalars['Int']['output']>;
};

/** How many units a shop can put aside for customers. */
export type SetPickupCapacityInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** In an hour in which it is open; 1 to 100,000, or null for as many as come. */
  readonly perHour?: InputMaybe<Scalars['Int']['input']>;
  /** On one day, of its own time zone; 1 to 100,000, or null for as many as come. */
  readonly perDay?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setPickupCapacity did. */
export type SetPickupCapacityPayload = {
  /** The location with its capacity as it was set; null when nothing was done. */
  readonly location?: Maybe<Location>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** In what a buffer is given. */
export type BufferKind =
  /** Units. */
  | 'UNITS'
  /** Per cent of what stands on the shelf, rounded up. */
  | 'PER_CENT'
  /** Days of sales: what was sold or promised there on an average day of the last 28, rounded up. */
  | 'DAYS_OF_COVER';

/** What a channel keeps back of a variant at each of its locations, so that it does not promise the last one. For: staff with `stock:read`. */
export type ChannelBuffer = {
  /** The variant's stock keeping unit; null for the rule of the whole channel. */
  readonly sku?: Maybe<Scalars['ID']['output']>;
  /** In what it is given. */
  readonly kind: BufferKind;
  /** How many units, per cent or days. */
  readonly amount: Scalars['Int']['output'];
  /** Raised by one with every change. */
  readonly version: Scalars['Int']['output'];
};

/** How many of a variant a channel may sell in a time. For: staff with `stock:read`, and a partner on their own channel. */
export type ChannelQuota = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** The first instant. */
  readonly startsAt: Scalars['DateTime']['output'];
  /** The instant at which it ends. */
  readonly endsAt: Scalars['DateTime']['output'];
  /** How many may be sold. */
  readonly units: Scalars['Int']['output'];
  /** How many were held or sold since the quota was set. What is released or expires comes back. */
  readonly used: Scalars['Int']['output'];
  /** Raised by one with every change of the rule. */
  readonly version: Scalars['Int']['output'];
};

/** How far a channel sells a variant beyond what is there, and from when it sells it. */
export type ChannelBackOrder = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** Where the goods will come in: what is back-ordered is promised there. */
  readonly location: Location;
  /** How many units it may sell beyond what the location has for it; 0 for none. */
  readonly units: Scalars['Int']['output'];
  /** Before this instant the channel cannot sell the variant at all; null when it always can. */
  readonly sellableFrom?: Maybe<Scalars['DateTime']['output']>;
  /** When the goods are expected; for people, it binds nothing. Null when that is not known. */
  readonly expectedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Raised by one with every change. */
  readonly version: Scalars['Int']['output'];
};

/** Sets or removes a back-order limit and a date of first sale. */
export type SetChannelBackOrderInput = {
  /** The channel's slug. */
  readonly channel: Scalars['ID']['input'];
  /** The variant's stock keeping unit. Of a bundle, set it for the parts. */
  readonly sku: Scalars['ID']['input'];
  /** The slug of the location where the goods will come in; one that serves the channel. Needed with `units`. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** How many may be sold beyond what is there; 0 to 1,000,000. Null removes the rule; what was promised under it stays promised. */
  readonly units?: InputMaybe<Scalars['Int']['input']>;
  /** Before this instant the channel cannot sell the variant at all; it always can when not given. */
  readonly sellableFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** When the goods are expected; for people, it binds nothing. */
  readonly expectedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Refuses the change when the rule's version is another by now; 0 for one that does not exist. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Only show what it would change. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. A dry run leaves it unused. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setChannelBackOrder did, or would do. */
export type SetChannelBackOrderPayload = {
  /** The rule as it is now, or would be; null when it was removed or nothing was done. */
  readonly backOrder?: Maybe<ChannelBackOrder>;
  /** How the variant's availability in the channel changes by it; empty when it does not. */
  readonly changes: ReadonlyArray<AvailabilityChange>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a unit of a bundle takes from the shelf. */
export type BundlePart = {
  /** The variant that lies there. */
  readonly variant?: Maybe<ProductVariant>;
  /** Its stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** How many units of it. */
  readonly quantity: Scalars['Int']['output'];
};

/** A part of a bundle. */
export type BundlePartInput = {
  /** The part's stock keeping unit; no bundle, and each once. */
  readonly sku: Scalars['ID']['input'];
  /** How many of it a unit of the bundle takes; 1 to 1,000. */
  readonly quantity: Scalars['Int']['input'];
};

/** What a bundle is made of. */
export type SetBundlePartsInput = {
  /** The bundle's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** Up to 20 parts; none makes it a variant of its own again. */
  readonly parts: ReadonlyArray<BundlePartInput>;
  /** Refuses the change when the bundle's version is another by now; 0 for one that does not exist. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setBundleParts did. */
export type SetBundlePartsPayload = {
  /** The bundle; null when nothing was done. */
  readonly variant?: Maybe<ProductVariant>;
  /** Its parts as they were set; null when nothing was done. */
  readonly parts?: Maybe<ReadonlyArray<BundlePart>>;
  /** The bundle's version after it; null when nothing was done. */
  readonly version?: Maybe<Scalars['Int']['output']>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Sets or removes a buffer. */
export type SetChannelBufferInput = {
  /** The channel's slug. */
  readonly channel: Scalars['ID']['input'];
  /** The variant's stock keeping unit; the whole channel when not given. */
  readonly sku?: InputMaybe<Scalars['ID']['input']>;
  /** In what the amount is given. */
  readonly kind?: BufferKind;
  /** How many units (up to 1,000,000), per cent (up to 100) or days (up to 365); null removes the rule. */
  readonly amount?: InputMaybe<Scalars['Int']['input']>;
  /** Refuses the change when the rule's version is another by now; 0 for one that does not exist. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Only show what it would change. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. A dry run leaves it unused. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setChannelBuffer did, or would do. */
export type SetChannelBufferPayload = {
  /** The rule as it is now, or would be; null when it was removed or nothing was done. */
  readonly buffer?: Maybe<ChannelBuffer>;
  /** How availability in the channel changes by it: at most the first 100 variants by SKU, of the first 5,000 that it has stock of. */
  readonly changes: ReadonlyArray<AvailabilityChange>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Sets a quota. One that begins at the same instant for the same channel and variant is replaced, what was used of it stays. */
export type SetChannelQuotaInput = {
  /** The channel's slug. */
  readonly channel: Scalars['ID']['input'];
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** The first instant. */
  readonly startsAt: Scalars['DateTime']['input'];
  /** The instant at which it ends, after `startsAt`. */
  readonly endsAt: Scalars['DateTime']['input'];
  /** How many may be sold; 0 to 1,000,000. */
  readonly units: Scalars['Int']['input'];
  /** Refuses the change when the rule's version is another by now; 0 for one that does not exist. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Only show what it would change. */
  readonly dryRun?: Scalars['Boolean']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. A dry run leaves it unused. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What setChannelQuota did, or would do. */
export type SetChannelQuotaPayload = {
  /** The quota as it is now, or would be; null when nothing was done. */
  readonly quota?: Maybe<ChannelQuota>;
  /** How the variant's availability in the channel changes by it; empty when it does not. */
  readonly changes: ReadonlyArray<AvailabilityChange>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How many of a variant a channel can sell, before and after a rule. */
export type AvailabilityChange = {
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** How many it can sell without the change. */
  readonly before: Scalars['Int']['output'];
  /** How many it can sell with it. */
  readonly after: Scalars['Int']['output'];
};

/** Why a mutation did not do what was asked: an outcome to be expected, not a failure. */
export type UserError = {
  /** Stable, for programs: such as INSUFFICIENT_STOCK. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field of the input that it is about, from `input` on; list places as numbers. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Less is left than was asked for. Code INSUFFICIENT_STOCK. */
export type InsufficientStock = UserError & {
  /** INSUFFICIENT_STOCK. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The line that is short. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** How many could be had at that moment, what other lines of the request took left out. */
  readonly availableToSell: Scalars['Int']['output'];
  /** Where else the whole quantity can be had now, nearest first, at most 3. */
  readonly alternatives: ReadonlyArray<StockAlternative>;
};

/** What can be had instead. */
export type StockAlternative = {
  /** In which way it differs from what was asked for. */
  readonly kind: StockAlternativeKind;
  /** Where it can be had. */
  readonly location: Location;
  /** How many can be had there. */
  readonly availableToSell: Scalars['Int']['output'];
  /** The instant, by the database's clock, at which the number was read. */
  readonly asOf: Scalars['DateTime']['output'];
  /**
   * The position of the stock feed up to which every change is in these numbers; the very one that a feed's events tell as `sequence`.
   * An event whose `sequence` is not above it is known already. May be followed by later changes that are in them too. Comparable until a
   * restore of the database. A whole number, up to 2^53.
   */
  readonly sequence: Scalars['Float']['output'];
  /** When it can be handed over there: two hours of the shop's opening time from now, later when its pickup capacity is taken by what is promised there before. Null for a place without hours. */
  readonly readyBy?: Maybe<Scalars['DateTime']['output']>;
};

/** How an alternative differs from what was asked for. */
export type StockAlternativeKind =
  /** The same variant, at another location of the same channel; of any channel when none was named. */
  | 'OTHER_LOCATION';

/** The hold has ended. Code HOLD_NOT_ACTIVE. */
export type HoldNotActive = UserError & {
  /** HOLD_NOT_ACTIVE. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that names the hold. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** How it ended. */
  readonly state: StockHoldState;
};

/** Something that the input names does not exist. Code NOT_FOUND. */
export type NotFound = UserError & {
  /** NOT_FOUND. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that names it. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** A number would leave the range in which it makes sense. Code OUT_OF_RANGE. */
export type OutOfRange = UserError & {
  /** OUT_OF_RANGE. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that holds the number. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Somebody changed it since it was read. Code VERSION_CONFLICT. */
export type VersionConflict = UserError & {
  /** VERSION_CONFLICT. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that holds the expected version. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The version as it is now. */
  readonly currentVersion: Scalars['Int']['output'];
};

/** The idempotencyKey was used before, with another input. Code IDEMPOTENCY_KEY_REUSED. */
export type IdempotencyKeyReused = UserError & {
  /** IDEMPOTENCY_KEY_REUSED. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that holds the key. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Why a number of a level changes by hand. */
export type AdjustmentReason =
  /** Goods came in: adds to `onHand`. The delta is above zero. */
  | 'RECEIVED'
  /** Goods turned up: adds to `onHand`. The delta is above zero. */
  | 'FOUND'
  /** Goods are gone, stolen or thrown away: takes from `onHand`. The delta is below zero. */
  | 'LOST'
  /** `onHand` was wrong, for whatever reason. Prefer a count. */
  | 'CORRECTION'
  /** Damaged goods still on the shelf: changes `unavailable`. */
  | 'DAMAGED'
  /** Goods in quality control: changes `unavailable`. */
  | 'QUALITY_CONTROL'
  /** Goods on display: changes `unavailable`. */
  | 'ON_DISPLAY'
  /** How many are kept back for safety: changes `safetyStock`. */
  | 'SAFETY_STOCK';

/** A change of one number of a level. */
export type AdjustStockInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** How much is added, or taken when below zero; not 0, at most 1,000,000 either way. */
  readonly delta: Scalars['Int']['input'];
  /** Why, which also says which number changes. */
  readonly reason: AdjustmentReason;
  /** The paper it stands on, such as a delivery note's number; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** When it happened; now when not given. Not in the future. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Refuses the change when the level's version is another by now. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What adjustStock did. */
export type AdjustStockPayload = {
  /** The level as this left it, also when the answer is given again; null when nothing was done. */
  readonly level?: Maybe<StockLevel>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was counted of one SKU. */
export type StockCountInput = {
  /** The variant's stock keeping unit; each at most once in a request. */
  readonly sku: Scalars['ID']['input'];
  /** How many stand on the shelf, sellable or not; 0 to 1,000,000. */
  readonly counted: Scalars['Int']['input'];
  /** When it was counted; now when not given. Not in the future. */
  readonly countedAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Counts of one location. */
export type RecordStockCountInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** 1 to 500 counts. */
  readonly counts: ReadonlyArray<StockCountInput>;
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What a count found. */
export type StockCountResult = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** What should have stood there at that moment. */
  readonly expected: Scalars['Int']['output'];
  /** What stood there. */
  readonly counted: Scalars['Int']['output'];
  /** counted - expected. */
  readonly variance: Scalars['Int']['output'];
  /** The level as this left it, also when the answer is given again. */
  readonly level: StockLevel;
};

/** What recordStockCount did. */
export type RecordStockCountPayload = {
  /** A result for each count, in the order of the input; null when nothing was done. */
  readonly results?: Maybe<ReadonlyArray<StockCountResult>>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A sale that happened. */
export type RecordStockSaleInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** The slug of the channel that sold it: counts under the quotas that the channel had then, also beyond them (alert OVER_QUOTA). */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** 1 to 100 lines; those of the same SKU are summed. */
  readonly lines: ReadonlyArray<StockLineInput>;
  /** When it happened; now when not given. Not in the future. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The order's or receipt's number; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** How many of a variant were promised and are not there any more. */
export type StockShortfall = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** How many are missing at the location. */
  readonly quantity: Scalars['Int']['output'];
};

/** What recordStockSale did. */
export type RecordStockSalePayload = {
  /** The levels as this left them, also when the answer is given again; null when nothing was done. */
  readonly levels?: Maybe<ReadonlyArray<StockLevel>>;
  /** What this sale took from under promises to others. */
  readonly shortfalls: ReadonlyArray<StockShortfall>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What becomes of goods that were promised to an order. */
export type AllocationOutcome =
  /** They left: by parcel, or with the customer. */
  | 'SHIPPED'
  /** The promise is given up; they can be sold to others. */
  | 'RELEASED';

/** Units of one variant. */
export type StockLineInput = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** How many; 1 to 10,000. */
  readonly quantity: Scalars['Int']['input'];
};

/** What becomes of promised goods. */
export type SettleAllocationInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** 1 to 100 lines; those of the same SKU are summed. */
  readonly lines: ReadonlyArray<StockLineInput>;
  /** What becomes of them. */
  readonly outcome: AllocationOutcome;
  /** The order, as it was named when the hold was committed; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What settleAllocation did. */
export type SettleAllocationPayload = {
  /** The levels as this left them, also when the answer is given again; null when nothing was done. */
  readonly levels?: Maybe<ReadonlyArray<StockLevel>>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** In what state goods came back. */
export type StockDisposition =
  /** For sale again at once. */
  | 'RESTOCK'
  /** Damaged: not for sale. */
  | 'DAMAGED'
  /** To be looked at: not for sale until then. */
  | 'QUALITY_CONTROL';

/** Returned units of one variant. */
export type StockReturnLineInput = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** How many; 1 to 10,000. */
  readonly quantity: Scalars['Int']['input'];
  /** In what state. */
  readonly disposition: StockDisposition;
};

/** Goods that came back. */
export type RecordStockReturnInput = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** 1 to 100 lines; those of the same SKU and disposition are summed. */
  readonly lines: ReadonlyArray<StockReturnLineInput>;
  /** When; now when not given. Not in the future. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The return's or order's number; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What recordStockReturn did. */
export type RecordStockReturnPayload = {
  /** The levels as this left them, also when the answer is given again; null when nothing was done. */
  readonly levels?: Maybe<ReadonlyArray<StockLevel>>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which number of a level is meant. */
export type StockNumber =
  /** `onHand`: what stands on the shelf, promised or not. */
  | 'ON_HAND'
  /** `unavailable`: what of it is not for sale. */
  | 'UNAVAILABLE'
  /** `safetyStock`: what is kept back. */
  | 'SAFETY_STOCK';

/** What happens to the other rows when one cannot be applied. */
export type BulkErrorPolicy =
  /** None is applied. */
  | 'REJECT_EVERYTHING'
  /** The others are applied. A row that is malformed refuses the request (BAD_USER_INPUT). */
  | 'REJECT_FAILED_ROWS'
  /** The others are applied, also when a row is malformed: it is passed over and told as MALFORMED. */
  | 'IGNORE_FAILED';

/** One number to set. */
export type SetStockLevelRow = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** Which number. */
  readonly number: StockNumber;
  /** What it is to be; 0 to 1,000,000. */
  readonly value: Scalars['Int']['input'];
  /** What the writer last knew it to be; 0 for a level that does not exist. Another value now keeps the row from being applied. */
  readonly compare: Scalars['Int']['input'];
};

/** Numbers to set. */
export type SetStockLevelsInput = {
  /** 1 to 10,000 rows; each number of a level at most once. */
  readonly rows: ReadonlyArray<SetStockLevelRow>;
  /** What happens to the other rows when one cannot be applied. */
  readonly errorPolicy: BulkErrorPolicy;
  /** The run or file they come from; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** One number to change. */
export type AdjustStockLevelRow = {
  /** The location's slug. */
  readonly location: Scalars['ID']['input'];
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** Which number. */
  readonly number: StockNumber;
  /** How much is added, or taken when below zero; at most 1,000,000 either way. */
  readonly delta: Scalars['Int']['input'];
};

/** Numbers to change. */
export type AdjustStockLevelsInput = {
  /** 1 to 10,000 rows, applied in their order. */
  readonly rows: ReadonlyArray<AdjustStockLevelRow>;
  /** What happens to the other rows when one cannot be applied. */
  readonly errorPolicy: BulkErrorPolicy;
  /** The run or file they come from; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What became of a row. */
export type StockRowOutcome =
  /** It was malformed (a SKU or location that is no name, a number outside of what its field says, a number of a level that an earlier row sets) and was passed over, as IGNORE_FAILED asks. */
  | 'MALFORMED'
  /** The number is another now. */
  | 'CHANGED'
  /** The number was so already. */
  | 'UNCHANGED'
  /** Not applied: the number is not what `compare` says. */
  | 'CHANGED_MEANWHILE'
  /** Not applied: there is no such location. */
  | 'UNKNOWN_LOCATION'
  /** Not applied: the number would leave its range. */
  | 'OUT_OF_RANGE'
  /** Not applied, because another row could not be. */
  | 'NOT_TRIED';

/** What became of a row. */
export type StockRowResult = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** The location's slug, as the row named it. */
  readonly locationId: Scalars['ID']['output'];
  /** What became of the row. */
  readonly outcome: StockRowOutcome;
  /** The number as the request left it; null when there is no such location. */
  readonly value?: Maybe<Scalars['Int']['output']>;
};

/** What setStockLevels or adjustStockLevels did. */
export type ChangeStockLevelsPayload = {
  /** A result for each row, in their order; null when nothing was tried. */
  readonly results?: Maybe<ReadonlyArray<StockRowResult>>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was tried. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Goods to be sent to another location. */
export type SendStockTransferInput = {
  /** The slug of the location that they leave. */
  readonly from: Scalars['ID']['input'];
  /** The slug of the location that they go to; another one. */
  readonly to: Scalars['ID']['input'];
  /** 1 to 100 lines; those of the same SKU are summed. */
  readonly lines: ReadonlyArray<StockLineInput>;
  /** The paper that goes with them; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What sendStockTransfer did. */
export type SendStockTransferPayload = {
  /** The transfer; null when nothing was sent. */
  readonly transfer?: Maybe<StockTransfer>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What arrived of one SKU. */
export type StockArrivalLineInput = {
  /** The variant's stock keeping unit; each at most once in a request. */
  readonly sku: Scalars['ID']['input'];
  /** How many arrived this time; 0 to 1,000,000. */
  readonly received: Scalars['Int']['input'];
  /** How many of those are damaged, and so not for sale. */
  readonly damaged?: Scalars['Int']['input'];
};

/** What arrived of a transfer. */
export type ReceiveStockTransferInput = {
  /** The transfer's id. */
  readonly transfer: Scalars['ID']['input'];
  /** At most 100 lines; SKUs that are not named did not arrive this time. */
  readonly lines: ReadonlyArray<StockArrivalLineInput>;
  /** Whether nothing more will come. */
  readonly isComplete: Scalars['Boolean']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What receiveStockTransfer did. */
export type ReceiveStockTransferPayload = {
  /** The transfer as this left it, also when the answer is given again; null when nothing was done. */
  readonly transfer?: Maybe<StockTransfer>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Goods on their way from one location to another, or that were. For: staff with `stock:read`, and the tills of both locations. */
export type StockTransfer = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The location that they left. */
  readonly from: Location;
  /** The location that they go to. */
  readonly to: Location;
  /** The paper that goes with them. */
  readonly reference: Scalars['String']['output'];
  /** When they left. */
  readonly sentAt: Scalars['DateTime']['output'];
  /** When the last of it was received, or given up; null while something is on its way. */
  readonly closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What is in it, by SKU. */
  readonly lines: ReadonlyArray<StockTransferLine>;
};

/** One variant of a transfer. */
export type StockTransferLine = {
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** How many were sent. */
  readonly sent: Scalars['Int']['output'];
  /** How many have arrived. */
  readonly received: Scalars['Int']['output'];
  /** How many of those came damaged. */
  readonly damaged: Scalars['Int']['output'];
  /** received - sent, once the transfer is closed; null before. */
  readonly discrepancy?: Maybe<Scalars['Int']['output']>;
};

/** All of the transfer was received or given up. Code TRANSFER_CLOSED. */
export type TransferClosed = UserError & {
  /** TRANSFER_CLOSED. */
  readonly code: Scalars['String']['output'];
  /** For people, in English. */
  readonly message: Scalars['String']['output'];
  /** The field that names the transfer. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** What a hold is for. */
export type HoldOwnerKind =
  /** A cart of any channel. */
  | 'CART'
  /** A sale being rung up. */
  | 'TILL'
  /** An order that a marketplace reported. */
  | 'IMPORT'
  /** Put aside in the shop for somebody to try on. */
  | 'TRY_ON'
  /** An order being placed. */
  | 'ORDER';

/** Whom a hold is for. */
export type HoldOwnerInput = {
  /** What it is for. */
  readonly kind?: HoldOwnerKind;
  /** The cart's, till's or order's id; at most 200 characters. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** The customer; at most 200 characters. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** For the people who see it, in the shop and among staff; at most 200 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** One SKU to hold. */
export type HoldLineInput = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['input'];
  /** How many; 1 to 10,000. */
  readonly quantity: Scalars['Int']['input'];
  /** Where; when not given, wherever the channel is served from, in its order, if need be from several places. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
};

/** What to hold. */
export type HoldStockInput = {
  /** Where; for the one line of `sku` and `quantity`. */
  readonly location?: InputMaybe<Scalars['ID']['input']>;
  /** The variant's stock keeping unit, for a hold of one line. */
  readonly sku?: InputMaybe<Scalars['ID']['input']>;
  /** How many of `sku`; 1 to 10,000. */
  readonly quantity?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 100 lines, instead of `sku` and `quantity`. */
  readonly lines?: InputMaybe<ReadonlyArray<HoldLineInput>>;
  /** The channel it is sold in. Needed for lines without a location. */
  readonly channel?: InputMaybe<Scalars['ID']['input']>;
  /** Whom it is for. */
  readonly owner: HoldOwnerInput;
  /** How long from now, by the database's clock; 1 to 1,440 minutes. */
  readonly minutes: Scalars['Int']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What holdStock did. */
export type HoldStockPayload = {
  /** The hold as it was made, also when the answer is given again (stockHold tells how it stands by now); null when nothing was held. */
  readonly hold?: Maybe<StockHold>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was held. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which hold to extend. */
export type ExtendHoldInput = {
  /** The hold's id. */
  readonly hold: Scalars['ID']['input'];
  /** How long from now, by the database's clock; 1 to 1,440 minutes. */
  readonly minutes: Scalars['Int']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What extendHold did. */
export type ExtendHoldPayload = {
  /** The hold as this left it, also when the answer is given again; null when there is none. */
  readonly hold?: Maybe<StockHold>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which hold to release. */
export type ReleaseHoldInput = {
  /** The hold's id. */
  readonly hold: Scalars['ID']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What releaseHold did. */
export type ReleaseHoldPayload = {
  /** The hold as this left it, also when the answer is given again; null when there is none. */
  readonly hold?: Maybe<StockHold>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What becomes of held goods. */
export type HoldCommitment =
  /** Promised to an order; they stay on the shelf until they are sent or collected. */
  | 'ALLOCATE'
  /** Handed over: they leave the shelf. */
  | 'SELL';

/** Which hold to commit. */
export type CommitHoldInput = {
  /** The hold's id. */
  readonly hold: Scalars['ID']['input'];
  /** What becomes of the goods. */
  readonly as?: HoldCommitment;
  /** The order's or receipt's number; 1 to 200 characters. */
  readonly reference: Scalars['String']['input'];
  /** 1 to 200 characters; the same key and input give the same caller the first answer again, for 30 days. */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** What commitHold did. */
export type CommitHoldPayload = {
  /** The hold as this left it, also when the answer is given again; null when there is none. */
  readonly hold?: Maybe<StockHold>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where a hold stands. Exactly one of the three ends is reached, and never left. */
export type StockHoldState =
  /** It keeps its goods until it expires. */
  | 'HELD'
  /** It became an allocation or a sale. */
  | 'COMMITTED'
  /** It was given back. */
  | 'RELEASED'
  /** Its time was up, by the database's clock. */
  | 'EXPIRED';

/** Stock kept for somebody until a time. For: staff with `stock:read`, whoever made it, and a till when all of it lies at its location. */
export type StockHold = {
  /** Opaque and stable. Knowing it gives no right to the hold. */
  readonly id: Scalars['ID']['output'];
  /** Where it stands. */
  readonly state: StockHoldState;
  /** When it expires, or would have. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What it is for. */
  readonly ownerKind: HoldOwnerKind;
  /** The cart's, till's or order's id, as it was given; null when none was. For: staff with `stock:read`, and a till that may see the hold. */
  readonly ownerId?: Maybe<Scalars['ID']['output']>;
  /** The customer's id, as it was given; null when none was. For: staff with `stock:read`, and a till that may see the hold. */
  readonly customerId?: Maybe<Scalars['ID']['output']>;
  /** What whoever made it wrote for the people who see it; null when nothing. For: staff with `stock:read`, and a till that may see the hold. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** What it keeps or kept, by SKU and location. */
  readonly lines: ReadonlyArray<StockHoldLine>;
};

/** What a hold keeps of one variant at one location. */
export type StockHoldLine = {
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** Where it lies. */
  readonly location: Location;
  /** How many. */
  readonly quantity: Scalars['Int']['output'];
};

/** The result of comparing all numbers with what explains them. */
export type StockAudit = {
  /** How many levels were looked at. */
  readonly checkedLevels: Scalars['Int']['output'];
  /** How many levels differ from the sum of their movements. */
  readonly ledgerMismatches: Scalars['Int']['output'];
  /** How many levels promise more than stands there, without a recorded fact that explains it. */
  readonly oversold: Scalars['Int']['output'];
  /** How many levels count another number as held than their open holds keep. */
  readonly unbalancedHolds: Scalars['Int']['output'];
  /** When, by the database's clock. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** What differs, at most the first 100. It is shown and not repaired: a difference means a bug, and is its only trace. */
  readonly differences: ReadonlyArray<StockDifference>;
};

/** A number of a level that does not agree with what explains it. For: staff with `stock:read`. */
export type StockDifference = {
  /** The variant's stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** The location. */
  readonly location: Location;
  /** Which number: such as ON_HAND, HELD or PROMISES. */
  readonly problem: Scalars['String']['output'];
  /** What it should be. */
  readonly expected: Scalars['Int']['output'];
  /** What it is. */
  readonly actual: Scalars['Int']['output'];
};

/** A point on the globe, in degrees (WGS 84). */
export type GeoPointInput = {
  /** Degrees north, -90 to 90. */
  readonly latitude: Scalars['Float']['input'];
  /** Degrees east, -180 to 180. */
  readonly longitude: Scalars['Float']['input'];
};

/** A point on the globe, in degrees (WGS 84). */
export type GeoPoint = {
  /** Degrees north. */
  readonly latitude: Scalars['Float']['output'];
  /** Degrees east. */
  readonly longitude: Scalars['Float']['output'];
};

/** What a location is. */
export type LocationKind =
  /** A shop that customers walk into. */
  | 'STORE'
  /** A place that sends goods and has no customers. */
  | 'WAREHOUSE';

/** A page of locations. */
export type LocationConnection = {
  /** The locations of this page with their cursors and distances. */
  readonly edges: ReadonlyArray<LocationEdge>;
  /** The locations of this page. */
  readonly nodes: ReadonlyArray<Location>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One location of a page. */
export type LocationEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The distance from `near` as the crow flies, in km; null when `near` was not given. */
  readonly distanceKm?: Maybe<Scalars['Float']['output']>;
  /** The location. */
  readonly node: Location;
};

/** A shop or a warehouse: a place where goods lie. */
export type Location = {
  /** A slug. */
  readonly id: Scalars['ID']['output'];
  /** What people read. */
  readonly name: Scalars['String']['output'];
  /** What kind of place it is. */
  readonly kind: LocationKind;
  /** Where it is. */
  readonly address: Address;
  /** Where it is on the globe. */
  readonly coordinates: GeoPoint;
  /** Why the coordinates are doubted, such as being far from the postal code; null when they are not. For: staff with `stock:read`. */
  readonly coordinatesDoubt?: Maybe<Scalars['String']['output']>;
  /** Its opening hours, Monday first, in its own time; empty for a place without customers. */
  readonly hours: ReadonlyArray<OpeningHours>;
  /** The time zone of its hours, such as America/Chicago. */
  readonly timeZone: Scalars['String']['output'];
  /** Whether it is open at this moment; null when it has no hours. */
  readonly openNow?: Maybe<Scalars['Boolean']['output']>;
  /**
   * How many units it can put aside for customers, which moves `readyBy`; null for as many as come. For: staff with `stock:read`, and
   * its till; null for another's.
   */
  readonly pickupCapacity?: Maybe<PickupCapacity>;
  /** When its level of a variant counts as low: the variant's own threshold, else the location's. Null when there is neither. For: staff with `stock:read`, and its till. */
  readonly stockThreshold?: Maybe<StockThreshold>;
};


/** A shop or a warehouse: a place where goods lie. */
export type LocationStockThresholdArgs = {
  sku?: InputMaybe<Scalars['ID']['input']>;
};

/** A postal address. */
export type Address = {
  /** Street and what else stands above the city. */
  readonly lines: ReadonlyArray<Scalars['String']['output']>;
  /** The city. */
  readonly city: Scalars['String']['output'];
  /** State or region; null where there is none. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** The postal code, as text: leading zeros count. */
  readonly postalCode: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2, such as US. */
  readonly countryCode: Scalars['String']['output'];
};

/** When a shop is open on one day of the week. */
export type OpeningHours = {
  /** 1 is Monday, 7 is Sunday. */
  readonly day: Scalars['Int']['output'];
  /** As 10:00, in the shop's own time. */
  readonly opens: Scalars['String']['output'];
  /** As 21:30, in the shop's own time. */
  readonly closes: Scalars['String']['output'];
};

export type ProductVariant = {
  /** The stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
  /** What lies at one location; null when it was never stocked there. For: staff with `stock:read`, and a till at its location; null for another's. */
  readonly stockLevel?: Maybe<StockLevel>;
  /** What a unit of it takes from the shelf when it is a bundle, by SKU; empty for any other variant. */
  readonly bundleParts: ReadonlyArray<BundlePart>;
  /** What a channel can sell. An unknown channel can sell nothing. */
  readonly availability?: Maybe<Availability>;
};


export type ProductVariantStockLevelArgs = {
  location: Scalars['ID']['input'];
};


export type ProductVariantAvailabilityArgs = {
  channel: Scalars['ID']['input'];
};

/** How many of a variant lie at a location, and what they are there for. For: staff with `stock:read`, and a till at its location. */
export type StockLevel = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** The location. */
  readonly location: Location;
  /** What stands on the shelf. */
  readonly onHand: Scalars['Int']['output'];
  /** Damaged, in quality control, on display or held in store: on the shelf, but not for sale. */
  readonly unavailable: Scalars['Int']['output'];
  /** Promised to placed orders. */
  readonly allocated: Scalars['Int']['output'];
  /** Reserved for a cart, a till, an import or a try-on, until it expires. */
  readonly held: Scalars['Int']['output'];
  /** On its way here. Never sellable. */
  readonly incoming: Scalars['Int']['output'];
  /** Kept back here for safety. */
  readonly safetyStock: Scalars['Int']['output'];
  /** onHand - unavailable - allocated - held - safetyStock. Below zero: more is promised than is there. */
  readonly sellable: Scalars['Int']['output'];
  /** What was promised and is not there any more, because a count or a sale said so. 0 when all is well. */
  readonly shortfall: Scalars['Int']['output'];
  /** What was promised beyond what is sellable because a channel may sell goods that will come in. Falls as goods come in. */
  readonly backOrdered: Scalars['Int']['output'];
  /** Raised by one with every change: of two readings, the one with the higher version is the later. */
  readonly version: Scalars['Int']['output'];
  /** When it changed last. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** The instant, by the database's clock, at which the numbers were read; of a feed, at which they were changed. */
  readonly asOf: Scalars['DateTime']['output'];
  /**
   * The position of the stock feed up to which every change is in these numbers; the very one that a feed's events tell as `sequence`.
   * An event whose `sequence` is not above it is known already. May be followed by later changes that are in them too. Comparable until a
   * restore of the database. A whole number, up to 2^53.
   */
  readonly sequence: Scalars['Float']['output'];
  /**
   * Why the numbers are what they are: what happened to them, the earliest first, the last ones of all.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly movements: StockMovementConnection;
};


/** How many of a variant lie at a location, and what they are there for. For: staff with `stock:read`, and a till at its location. */
export type StockLevelMovementsArgs = {
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of movements. */
export type StockMovementConnection = {
  /** The movements of this page with their cursors, the earliest first. */
  readonly edges: ReadonlyArray<StockMovementEdge>;
  /** The movements of this page, the earliest first. */
  readonly nodes: ReadonlyArray<StockMovement>;
  /** Where the page begins and ends; `startCursor` leads further into the past. */
  readonly pageInfo: PageInfo;
};

/** One movement of a page. */
export type StockMovementEdge = {
  /** Its place in the list, to pass as `before`. */
  readonly cursor: Scalars['String']['output'];
  /** The movement. */
  readonly node: StockMovement;
};

/** What happened to a level. Never changed, never deleted; the sum of all of them is the level. For: whoever may read the level. */
export type StockMovement = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What happened. */
  readonly kind: StockMovementKind;
  /** How many units it is about. Of ADJUSTED and COUNTED: the difference it made, below zero when there were fewer. */
  readonly quantity: Scalars['Int']['output'];
  /** What stood on the shelf after it. */
  readonly onHandAfter: Scalars['Int']['output'];
  /** What was promised to orders after it. */
  readonly allocatedAfter: Scalars['Int']['output'];
  /** What was held after it. */
  readonly heldAfter: Scalars['Int']['output'];
  /** When it happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** When we learned of it. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Who or what did it: the kind of caller and its id, such as till:camden-1, or import. */
  readonly actor: Scalars['String']['output'];
  /** Why. */
  readonly cause: MovementCause;
};

/** What a movement goes back to. */
export type MovementCause = {
  /** What kind of thing: HOLD, ORDER, SALE, RETURN, COUNT, TRANSFER, IMPORT, BULK_SET, BULK_ADJUST, or the reason of an adjustment. */
  readonly kind: Scalars['String']['output'];
  /** Its id or number. */
  readonly id: Scalars['String']['output'];
};

/** What happened to a level. */
export type StockMovementKind =
  /** Goods came in. */
  | 'RECEIVED'
  /** A hold was made. */
  | 'HELD'
  /** Held goods were promised to an order. */
  | 'ALLOCATED'
  /** Promised goods left. */
  | 'SHIPPED'
  /** A hold or a promise was given up, or ran out. */
  | 'RELEASED'
  /** Goods were handed over to a customer. */
  | 'SOLD'
  /** Goods came back from a customer. */
  | 'RETURNED'
  /** Somebody changed a number. */
  | 'ADJUSTED'
  /** A count said what stands there. */
  | 'COUNTED'
  /** Goods left for another location; there, they are incoming from then on. */
  | 'TRANSFER_OUT'
  /** Goods arrived from another location. */
  | 'TRANSFER_IN';

/** Whether a channel can sell a variant now. */
export type AvailabilityStatus =
  /** It can be bought now. */
  | 'IN_STOCK'
  /** It can be bought now, but few are left (5 or fewer). */
  | 'LOW_STOCK'
  /** It can be bought now, and comes later: nothing is there, but it may be back-ordered. */
  | 'BACK_ORDER'
  /** The channel may not sell it yet; `backOrder.sellableFrom` says from when. */
  | 'PRE_ORDER'
  /** Nothing is left for this channel. */
  | 'OUT_OF_STOCK';

/** What bound a number of availability. */
export type AvailabilityLimit =
  /** What lies at the channel's locations. */
  | 'STOCK'
  /** What the channel's buffer keeps back at its locations. */
  | 'BUFFER'
  /** What is left of the channel's quota for now. */
  | 'QUOTA'
  /** How far the channel may sell beyond what is there. */
  | 'BACK_ORDER'
  /** The channel may not sell it yet. */
  | 'TOO_EARLY'
  /** No location serves the channel. */
  | 'NO_LOCATION';

/** What a channel can sell of a variant at this moment. */
export type Availability = {
  /** The same in one word. */
  readonly status: AvailabilityStatus;
  /**
   * How many this channel can sell: the sum, over its locations, of what is sellable there less the channel's buffer (never below zero
   * each), plus what its back-order limit lets it sell beyond that, but no more than is left of its quota. 0 before it may be sold at all. Of a
   * bundle: at each location, as often as the part that is there for the fewest.
   */
  readonly availableToSell: Scalars['Int']['output'];
  /** How many of these are there now, in units; whoever gets one of the others waits until goods come in. */
  readonly onShelf: Scalars['Int']['output'];
  /** What keeps the number from being higher. */
  readonly limitedBy: AvailabilityLimit;
  /** How far the channel sells beyond what is there, and when that comes; null without a rule. */
  readonly backOrder?: Maybe<ChannelBackOrder>;
  /** The instant, by the database's clock, at which the numbers were read. */
  readonly asOf: Scalars['DateTime']['output'];
  /**
   * The position of the stock feed up to which every change is in these numbers; the very one that a feed's events tell as `sequence`.
   * An event whose `sequence` is not above it is known already. May be followed by later changes that are in them too. Comparable until a
   * restore of the database. A whole number, up to 2^53.
   */
  readonly sequence: Scalars['Float']['output'];
  /** The nearest shops of the channel that have it on the shelf, nearest first. Empty without `near`. */
  readonly pickup: ReadonlyArray<PickupOption>;
};


/** What a channel can sell of a variant at this moment. */
export type AvailabilityPickupArgs = {
  near?: InputMaybe<GeoPointInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A shop where a variant can be picked up. */
export type PickupOption = {
  /** The shop. */
  readonly location: Location;
  /** How far it is as the crow flies, in km. */
  readonly distanceKm: Scalars['Float']['output'];
  /** How many it can sell. */
  readonly availableToSell: Scalars['Int']['output'];
  /** The instant, by the database's clock, at which the number was read. */
  readonly asOf: Scalars['DateTime']['output'];
  /**
   * The position of the stock feed up to which every change is in these numbers; the very one that a feed's events tell as `sequence`.
   * An event whose `sequence` is not above it is known already. May be followed by later changes that are in them too. Comparable until a
   * restore of the database. A whole number, up to 2^53.
   */
  readonly sequence: Scalars['Float']['output'];
  /** When it can be handed over: two hours of the shop's opening time from now, later when its pickup capacity is taken by what is promised there before. Null when the shop has no hours. */
  readonly readyBy?: Maybe<Scalars['DateTime']['output']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Channel: Channel;
  StockTransfer: StockTransfer;
  StockHold: StockHold;
  Location: Location;
  ProductVariant: ProductVariant;
  StockLevel: StockLevel;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Channel:
    ( { __typename: 'Channel' }
    & GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}> );
  StockTransfer:
    ( { __typename: 'StockTransfer' }
    & GraphQLRecursivePick<FederationTypes['StockTransfer'], {"id":true}> );
  StockHold:
    ( { __typename: 'StockHold' }
    & GraphQLRecursivePick<FederationTypes['StockHold'], {"id":true}> );
  Location:
    ( { __typename: 'Location' }
    & GraphQLRecursivePick<FederationTypes['Location'], {"id":true}> );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & GraphQLRecursivePick<FederationTypes['ProductVariant'], {"sku":true}> );
  StockLevel:
    ( { __typename: 'StockLevel' }
    & GraphQLRecursivePick<FederationTypes['StockLevel'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StockChanged: ResolverTypeWrapper<StockChangedParent>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  StockAlertsEvent: ResolverTypeWrapper<StockAlertsEventParent>;
  StockAlertKind: StockAlertKind;
  StockAlert: ResolverTypeWrapper<StockAlertParent>;
  StockPromiseKind: StockPromiseKind;
  StockPromise: ResolverTypeWrapper<StockPromiseParent>;
  StockSuggestionKind: StockSuggestionKind;
  StockSuggestion: ResolverTypeWrapper<StockSuggestionParent>;
  StockAlertConnection: ResolverTypeWrapper<Omit<StockAlertConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StockAlertEdge']>, nodes: ReadonlyArray<ResolversTypes['StockAlert']> }>;
  StockAlertEdge: ResolverTypeWrapper<Omit<StockAlertEdge, 'node'> & { node: ResolversTypes['StockAlert'] }>;
  StockThreshold: ResolverTypeWrapper<StockThresholdParent>;
  StockThresholdInput: StockThresholdInput;
  SetStockThresholdsInput: SetStockThresholdsInput;
  SetStockThresholdsPayload: ResolverTypeWrapper<SetStockThresholdsPayloadParent>;
  StockFeedKind: StockFeedKind;
  StockChangesPage: ResolverTypeWrapper<Omit<StockChangesPage, 'changes'> & { changes: ReadonlyArray<ResolversTypes['StockChange']> }>;
  StockChange: ResolverTypeWrapper<StockChangeParent>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Channel: ResolverTypeWrapper<ChannelParent>;
  InventoryAccuracy: ResolverTypeWrapper<InventoryAccuracy>;
  PickupCapacity: ResolverTypeWrapper<PickupCapacity>;
  SetPickupCapacityInput: SetPickupCapacityInput;
  SetPickupCapacityPayload: ResolverTypeWrapper<SetPickupCapacityPayloadParent>;
  BufferKind: BufferKind;
  ChannelBuffer: ResolverTypeWrapper<ChannelBufferParent>;
  ChannelQuota: ResolverTypeWrapper<ChannelQuotaParent>;
  ChannelBackOrder: ResolverTypeWrapper<ChannelBackOrderParent>;
  SetChannelBackOrderInput: SetChannelBackOrderInput;
  SetChannelBackOrderPayload: ResolverTypeWrapper<SetChannelBackOrderPayloadParent>;
  BundlePart: ResolverTypeWrapper<BundlePartParent>;
  BundlePartInput: BundlePartInput;
  SetBundlePartsInput: SetBundlePartsInput;
  SetBundlePartsPayload: ResolverTypeWrapper<SetBundlePartsPayloadParent>;
  SetChannelBufferInput: SetChannelBufferInput;
  SetChannelBufferPayload: ResolverTypeWrapper<SetChannelBufferPayloadParent>;
  SetChannelQuotaInput: SetChannelQuotaInput;
  SetChannelQuotaPayload: ResolverTypeWrapper<SetChannelQuotaPayloadParent>;
  AvailabilityChange: ResolverTypeWrapper<AvailabilityChangeParent>;
  UserError: ResolverTypeWrapper<UserErrorParent>;
  InsufficientStock: ResolverTypeWrapper<InsufficientStockParent>;
  StockAlternative: ResolverTypeWrapper<StockAlternativeParent>;
  StockAlternativeKind: StockAlternativeKind;
  HoldNotActive: ResolverTypeWrapper<HoldNotActiveParent>;
  NotFound: ResolverTypeWrapper<NotFoundParent>;
  OutOfRange: ResolverTypeWrapper<OutOfRangeParent>;
  VersionConflict: ResolverTypeWrapper<VersionConflictParent>;
  IdempotencyKeyReused: ResolverTypeWrapper<IdempotencyKeyReusedParent>;
  AdjustmentReason: AdjustmentReason;
  AdjustStockInput: AdjustStockInput;
  AdjustStockPayload: ResolverTypeWrapper<AdjustStockPayloadParent>;
  StockCountInput: StockCountInput;
  RecordStockCountInput: RecordStockCountInput;
  StockCountResult: ResolverTypeWrapper<StockCountResultParent>;
  RecordStockCountPayload: ResolverTypeWrapper<RecordStockCountPayloadParent>;
  RecordStockSaleInput: RecordStockSaleInput;
  StockShortfall: ResolverTypeWrapper<StockShortfall>;
  RecordStockSalePayload: ResolverTypeWrapper<RecordStockSalePayloadParent>;
  AllocationOutcome: AllocationOutcome;
  StockLineInput: StockLineInput;
  SettleAllocationInput: SettleAllocationInput;
  SettleAllocationPayload: ResolverTypeWrapper<SettleAllocationPayloadParent>;
  StockDisposition: StockDisposition;
  StockReturnLineInput: StockReturnLineInput;
  RecordStockReturnInput: RecordStockReturnInput;
  RecordStockReturnPayload: ResolverTypeWrapper<RecordStockReturnPayloadParent>;
  StockNumber: StockNumber;
  BulkErrorPolicy: BulkErrorPolicy;
  SetStockLevelRow: SetStockLevelRow;
  SetStockLevelsInput: SetStockLevelsInput;
  AdjustStockLevelRow: AdjustStockLevelRow;
  AdjustStockLevelsInput: AdjustStockLevelsInput;
  StockRowOutcome: StockRowOutcome;
  StockRowResult: ResolverTypeWrapper<StockRowResult>;
  ChangeStockLevelsPayload: ResolverTypeWrapper<ChangeStockLevelsPayloadParent>;
  SendStockTransferInput: SendStockTransferInput;
  SendStockTransferPayload: ResolverTypeWrapper<SendStockTransferPayloadParent>;
  StockArrivalLineInput: StockArrivalLineInput;
  ReceiveStockTransferInput: ReceiveStockTransferInput;
  ReceiveStockTransferPayload: ResolverTypeWrapper<ReceiveStockTransferPayloadParent>;
  StockTransfer: ResolverTypeWrapper<StockTransferParent>;
  StockTransferLine: ResolverTypeWrapper<StockTransferLineParent>;
  TransferClosed: ResolverTypeWrapper<TransferClosedParent>;
  HoldOwnerKind: HoldOwnerKind;
  HoldOwnerInput: HoldOwnerInput;
  HoldLineInput: HoldLineInput;
  HoldStockInput: HoldStockInput;
  HoldStockPayload: ResolverTypeWrapper<HoldStockPayloadParent>;
  ExtendHoldInput: ExtendHoldInput;
  ExtendHoldPayload: ResolverTypeWrapper<ExtendHoldPayloadParent>;
  ReleaseHoldInput: ReleaseHoldInput;
  ReleaseHoldPayload: ResolverTypeWrapper<ReleaseHoldPayloadParent>;
  HoldCommitment: HoldCommitment;
  CommitHoldInput: CommitHoldInput;
  CommitHoldPayload: ResolverTypeWrapper<CommitHoldPayloadParent>;
  StockHoldState: StockHoldState;
  StockHold: ResolverTypeWrapper<StockHoldParent>;
  StockHoldLine: ResolverTypeWrapper<StockHoldLineParent>;
  StockAudit: ResolverTypeWrapper<StockAuditParent>;
  StockDifference: ResolverTypeWrapper<StockDifferenceParent>;
  GeoPointInput: GeoPointInput;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  LocationKind: LocationKind;
  LocationConnection: ResolverTypeWrapper<Omit<LocationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LocationEdge']>, nodes: ReadonlyArray<ResolversTypes['Location']> }>;
  LocationEdge: ResolverTypeWrapper<Omit<LocationEdge, 'node'> & { node: ResolversTypes['Location'] }>;
  Location: ResolverTypeWrapper<LocationParent>;
  Address: ResolverTypeWrapper<Address>;
  OpeningHours: ResolverTypeWrapper<OpeningHours>;
  ProductVariant: ResolverTypeWrapper<ProductVariantParent>;
  StockLevel: ResolverTypeWrapper<StockLevelParent>;
  StockMovementConnection: ResolverTypeWrapper<Omit<StockMovementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StockMovementEdge']>, nodes: ReadonlyArray<ResolversTypes['StockMovement']> }>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovement: ResolverTypeWrapper<StockMovementParent>;
  MovementCause: ResolverTypeWrapper<MovementCause>;
  StockMovementKind: StockMovementKind;
  AvailabilityStatus: AvailabilityStatus;
  AvailabilityLimit: AvailabilityLimit;
  Availability: ResolverTypeWrapper<AvailabilityParent>;
  PickupOption: ResolverTypeWrapper<PickupOptionParent>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Date: Scalars['Date']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  Subscription: Record<PropertyKey, never>;
  StockChanged: StockChangedParent;
  Float: Scalars['Float']['output'];
  StockAlertsEvent: StockAlertsEventParent;
  StockAlert: StockAlertParent;
  StockPromise: StockPromiseParent;
  StockSuggestion: StockSuggestionParent;
  StockAlertConnection: Omit<StockAlertConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['StockAlertEdge']>, nodes: ReadonlyArray<ResolversParentTypes['StockAlert']> };
  StockAlertEdge: Omit<StockAlertEdge, 'node'> & { node: ResolversParentTypes['StockAlert'] };
  StockThreshold: StockThresholdParent;
  StockThresholdInput: StockThresholdInput;
  SetStockThresholdsInput: SetStockThresholdsInput;
  SetStockThresholdsPayload: SetStockThresholdsPayloadParent;
  StockChangesPage: Omit<StockChangesPage, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['StockChange']> };
  StockChange: StockChangeParent;
  Mutation: Record<PropertyKey, never>;
  Channel: ChannelParent;
  InventoryAccuracy: InventoryAccuracy;
  PickupCapacity: PickupCapacity;
  SetPickupCapacityInput: SetPickupCapacityInput;
  SetPickupCapacityPayload: SetPickupCapacityPayloadParent;
  ChannelBuffer: ChannelBufferParent;
  ChannelQuota: ChannelQuotaParent;
  ChannelBackOrder: ChannelBackOrderParent;
  SetChannelBackOrderInput: SetChannelBackOrderInput;
  SetChannelBackOrderPayload: SetChannelBackOrderPayloadParent;
  BundlePart: BundlePartParent;
  BundlePartInput: BundlePartInput;
  SetBundlePartsInput: SetBundlePartsInput;
  SetBundlePartsPayload: SetBundlePartsPayloadParent;
  SetChannelBufferInput: SetChannelBufferInput;
  SetChannelBufferPayload: SetChannelBufferPayloadParent;
  SetChannelQuotaInput: SetChannelQuotaInput;
  SetChannelQuotaPayload: SetChannelQuotaPayloadParent;
  AvailabilityChange: AvailabilityChangeParent;
  UserError: UserErrorParent;
  InsufficientStock: InsufficientStockParent;
  StockAlternative: StockAlternativeParent;
  HoldNotActive: HoldNotActiveParent;
  NotFound: NotFoundParent;
  OutOfRange: OutOfRangeParent;
  VersionConflict: VersionConflictParent;
  IdempotencyKeyReused: IdempotencyKeyReusedParent;
  AdjustStockInput: AdjustStockInput;
  AdjustStockPayload: AdjustStockPayloadParent;
  StockCountInput: StockCountInput;
  RecordStockCountInput: RecordStockCountInput;
  StockCountResult: StockCountResultParent;
  RecordStockCountPayload: RecordStockCountPayloadParent;
  RecordStockSaleInput: RecordStockSaleInput;
  StockShortfall: StockShortfall;
  RecordStockSalePayload: RecordStockSalePayloadParent;
  StockLineInput: StockLineInput;
  SettleAllocationInput: SettleAllocationInput;
  SettleAllocationPayload: SettleAllocationPayloadParent;
  StockReturnLineInput: StockReturnLineInput;
  RecordStockReturnInput: RecordStockReturnInput;
  RecordStockReturnPayload: RecordStockReturnPayloadParent;
  SetStockLevelRow: SetStockLevelRow;
  SetStockLevelsInput: SetStockLevelsInput;
  AdjustStockLevelRow: AdjustStockLevelRow;
  AdjustStockLevelsInput: AdjustStockLevelsInput;
  StockRowResult: StockRowResult;
  ChangeStockLevelsPayload: ChangeStockLevelsPayloadParent;
  SendStockTransferInput: SendStockTransferInput;
  SendStockTransferPayload: SendStockTransferPayloadParent;
  StockArrivalLineInput: StockArrivalLineInput;
  ReceiveStockTransferInput: ReceiveStockTransferInput;
  ReceiveStockTransferPayload: ReceiveStockTransferPayloadParent;
  StockTransfer: StockTransferParent;
  StockTransferLine: StockTransferLineParent;
  TransferClosed: TransferClosedParent;
  HoldOwnerInput: HoldOwnerInput;
  HoldLineInput: HoldLineInput;
  HoldStockInput: HoldStockInput;
  HoldStockPayload: HoldStockPayloadParent;
  ExtendHoldInput: ExtendHoldInput;
  ExtendHoldPayload: ExtendHoldPayloadParent;
  ReleaseHoldInput: ReleaseHoldInput;
  ReleaseHoldPayload: ReleaseHoldPayloadParent;
  CommitHoldInput: CommitHoldInput;
  CommitHoldPayload: CommitHoldPayloadParent;
  StockHold: StockHoldParent;
  StockHoldLine: StockHoldLineParent;
  StockAudit: StockAuditParent;
  StockDifference: StockDifferenceParent;
  GeoPointInput: GeoPointInput;
  GeoPoint: GeoPoint;
  LocationConnection: Omit<LocationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LocationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Location']> };
  LocationEdge: Omit<LocationEdge, 'node'> & { node: ResolversParentTypes['Location'] };
  Location: LocationParent;
  Address: Address;
  OpeningHours: OpeningHours;
  ProductVariant: ProductVariantParent;
  StockLevel: StockLevelParent;
  StockMovementConnection: Omit<StockMovementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['StockMovementEdge']>, nodes: ReadonlyArray<ResolversParentTypes['StockMovement']> };
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  StockMovement: StockMovementParent;
  MovementCause: MovementCause;
  Availability: AvailabilityParent;
  PickupOption: PickupOptionParent;
  String: Scalars['String']['output'];
};

export type LiveFeedDirectiveArgs = {
  resumeArgument?: Scalars['String']['input'];
  cursorField?: Scalars['String']['input'];
  audience?: Scalars['String']['input'];
  kindField?: Maybe<Scalars['String']['input']>;
  changesKind?: Scalars['String']['input'];
  snapshotKind?: Scalars['String']['input'];
  conflateList?: Maybe<Scalars['String']['input']>;
  conflateKey?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type LiveFeedDirectiveResolver<Result, Parent, ContextType = Context, Args = LiveFeedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  locations?: Resolver<Maybe<ResolversTypes['LocationConnection']>, ParentType, ContextType, RequireFields<QueryLocationsArgs, 'first'>>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType, RequireFields<QueryLocationArgs, 'id'>>;
  stockHold?: Resolver<Maybe<ResolversTypes['StockHold']>, ParentType, ContextType, RequireFields<QueryStockHoldArgs, 'id'>>;
  stockTransfer?: Resolver<Maybe<ResolversTypes['StockTransfer']>, ParentType, ContextType, RequireFields<QueryStockTransferArgs, 'id'>>;
  stockAudit?: Resolver<Maybe<ResolversTypes['StockAudit']>, ParentType, ContextType>;
  stockAlerts?: Resolver<Maybe<ResolversTypes['StockAlertConnection']>, ParentType, ContextType, RequireFields<QueryStockAlertsArgs, 'first'>>;
  stockChanges?: Resolver<Maybe<ResolversTypes['StockChangesPage']>, ParentType, ContextType, RequireFields<QueryStockChangesArgs, 'channel' | 'first'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  stockChanged?: SubscriptionResolver<ResolversTypes['StockChanged'], "stockChanged", ParentType, ContextType, RequireFields<SubscriptionStockChangedArgs, 'location'>>;
  stockAlerts?: SubscriptionResolver<ResolversTypes['StockAlertsEvent'], "stockAlerts", ParentType, ContextType, Partial<SubscriptionStockAlertsArgs>>;
};

export type StockChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockChanged'] = ResolversParentTypes['StockChanged']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockFeedKind'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  levels?: Resolver<ReadonlyArray<ResolversTypes['StockLevel']>, ParentType, ContextType>;
};

export type StockAlertsEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAlertsEvent'] = ResolversParentTypes['StockAlertsEvent']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockFeedKind'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  alerts?: Resolver<ReadonlyArray<ResolversTypes['StockAlert']>, ParentType, ContextType>;
};

export type StockAlertResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAlert'] = ResolversParentTypes['StockAlert']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockAlertKind'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  threshold?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isOpen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weakestPromise?: Resolver<Maybe<ResolversTypes['StockPromise']>, ParentType, ContextType>;
  promises?: Resolver<ReadonlyArray<ResolversTypes['StockPromise']>, ParentType, ContextType>;
  suggestions?: Resolver<ReadonlyArray<ResolversTypes['StockSuggestion']>, ParentType, ContextType>;
};

export type StockPromiseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockPromise'] = ResolversParentTypes['StockPromise']> = {
  kind?: Resolver<ResolversTypes['StockPromiseKind'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ownerKind?: Resolver<Maybe<ResolversTypes['HoldOwnerKind']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  madeAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StockSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockSuggestion'] = ResolversParentTypes['StockSuggestion']> = {
  kind?: Resolver<ResolversTypes['StockSuggestionKind'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  promise?: Resolver<Maybe<ResolversTypes['StockPromise']>, ParentType, ContextType>;
};

export type StockAlertConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAlertConnection'] = ResolversParentTypes['StockAlertConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockAlertEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['StockAlert']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockAlertEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAlertEdge'] = ResolversParentTypes['StockAlertEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockAlert'], ParentType, ContextType>;
};

export type StockThresholdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockThreshold'] = ResolversParentTypes['StockThreshold']> = {
  sku?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  margin?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  backInStockAt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SetStockThresholdsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetStockThresholdsPayload'] = ResolversParentTypes['SetStockThresholdsPayload']> = {
  thresholds?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockThreshold']>>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockChangesPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockChangesPage'] = ResolversParentTypes['StockChangesPage']> = {
  kind?: Resolver<ResolversTypes['StockFeedKind'], ParentType, ContextType>;
  isStart?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['StockChange']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type StockChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockChange'] = ResolversParentTypes['StockChange']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType, RequireFields<StockChangeAvailabilityArgs, 'channel'>>;
  committedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustStock?: Resolver<ResolversTypes['AdjustStockPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  recordStockCount?: Resolver<ResolversTypes['RecordStockCountPayload'], ParentType, ContextType, RequireFields<MutationRecordStockCountArgs, 'input'>>;
  recordStockSale?: Resolver<ResolversTypes['RecordStockSalePayload'], ParentType, ContextType, RequireFields<MutationRecordStockSaleArgs, 'input'>>;
  settleAllocation?: Resolver<ResolversTypes['SettleAllocationPayload'], ParentType, ContextType, RequireFields<MutationSettleAllocationArgs, 'input'>>;
  recordStockReturn?: Resolver<ResolversTypes['RecordStockReturnPayload'], ParentType, ContextType, RequireFields<MutationRecordStockReturnArgs, 'input'>>;
  setStockLevels?: Resolver<ResolversTypes['ChangeStockLevelsPayload'], ParentType, ContextType, RequireFields<MutationSetStockLevelsArgs, 'input'>>;
  adjustStockLevels?: Resolver<ResolversTypes['ChangeStockLevelsPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockLevelsArgs, 'input'>>;
  sendStockTransfer?: Resolver<ResolversTypes['SendStockTransferPayload'], ParentType, ContextType, RequireFields<MutationSendStockTransferArgs, 'input'>>;
  receiveStockTransfer?: Resolver<ResolversTypes['ReceiveStockTransferPayload'], ParentType, ContextType, RequireFields<MutationReceiveStockTransferArgs, 'input'>>;
  holdStock?: Resolver<ResolversTypes['HoldStockPayload'], ParentType, ContextType, RequireFields<MutationHoldStockArgs, 'input'>>;
  extendHold?: Resolver<ResolversTypes['ExtendHoldPayload'], ParentType, ContextType, RequireFields<MutationExtendHoldArgs, 'input'>>;
  releaseHold?: Resolver<ResolversTypes['ReleaseHoldPayload'], ParentType, ContextType, RequireFields<MutationReleaseHoldArgs, 'input'>>;
  commitHold?: Resolver<ResolversTypes['CommitHoldPayload'], ParentType, ContextType, RequireFields<MutationCommitHoldArgs, 'input'>>;
  setChannelBuffer?: Resolver<ResolversTypes['SetChannelBufferPayload'], ParentType, ContextType, RequireFields<MutationSetChannelBufferArgs, 'input'>>;
  setChannelQuota?: Resolver<ResolversTypes['SetChannelQuotaPayload'], ParentType, ContextType, RequireFields<MutationSetChannelQuotaArgs, 'input'>>;
  setChannelBackOrder?: Resolver<ResolversTypes['SetChannelBackOrderPayload'], ParentType, ContextType, RequireFields<MutationSetChannelBackOrderArgs, 'input'>>;
  setBundleParts?: Resolver<ResolversTypes['SetBundlePartsPayload'], ParentType, ContextType, RequireFields<MutationSetBundlePartsArgs, 'input'>>;
  setPickupCapacity?: Resolver<ResolversTypes['SetPickupCapacityPayload'], ParentType, ContextType, RequireFields<MutationSetPickupCapacityArgs, 'input'>>;
  setStockThresholds?: Resolver<ResolversTypes['SetStockThresholdsPayload'], ParentType, ContextType, RequireFields<MutationSetStockThresholdsArgs, 'input'>>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locations?: Resolver<Maybe<ResolversTypes['LocationConnection']>, ParentType, ContextType, RequireFields<ChannelLocationsArgs, 'first'>>;
  buffer?: Resolver<Maybe<ResolversTypes['ChannelBuffer']>, ParentType, ContextType, Partial<ChannelBufferArgs>>;
  stockThreshold?: Resolver<Maybe<ResolversTypes['StockThreshold']>, ParentType, ContextType, Partial<ChannelStockThresholdArgs>>;
  inventoryAccuracy?: Resolver<Maybe<ResolversTypes['InventoryAccuracy']>, ParentType, ContextType, RequireFields<ChannelInventoryAccuracyArgs, 'from' | 'to'>>;
  backOrder?: Resolver<Maybe<ResolversTypes['ChannelBackOrder']>, ParentType, ContextType, RequireFields<ChannelBackOrderArgs, 'sku'>>;
  quota?: Resolver<Maybe<ResolversTypes['ChannelQuota']>, ParentType, ContextType, RequireFields<ChannelQuotaArgs, 'sku'>>;
};

export type InventoryAccuracyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryAccuracy'] = ResolversParentTypes['InventoryAccuracy']> = {
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  target?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PickupCapacityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PickupCapacity'] = ResolversParentTypes['PickupCapacity']> = {
  perHour?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  perDay?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SetPickupCapacityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetPickupCapacityPayload'] = ResolversParentTypes['SetPickupCapacityPayload']> = {
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChannelBufferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelBuffer'] = ResolversParentTypes['ChannelBuffer']> = {
  sku?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['BufferKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChannelQuotaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelQuota'] = ResolversParentTypes['ChannelQuota']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChannelBackOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelBackOrder'] = ResolversParentTypes['ChannelBackOrder']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sellableFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expectedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SetChannelBackOrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetChannelBackOrderPayload'] = ResolversParentTypes['SetChannelBackOrderPayload']> = {
  backOrder?: Resolver<Maybe<ResolversTypes['ChannelBackOrder']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityChange']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BundlePartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BundlePart'] = ResolversParentTypes['BundlePart']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SetBundlePartsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetBundlePartsPayload'] = ResolversParentTypes['SetBundlePartsPayload']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  parts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BundlePart']>>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetChannelBufferPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetChannelBufferPayload'] = ResolversParentTypes['SetChannelBufferPayload']> = {
  buffer?: Resolver<Maybe<ResolversTypes['ChannelBuffer']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityChange']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetChannelQuotaPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetChannelQuotaPayload'] = ResolversParentTypes['SetChannelQuotaPayload']> = {
  quota?: Resolver<Maybe<ResolversTypes['ChannelQuota']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['AvailabilityChange']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AvailabilityChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailabilityChange'] = ResolversParentTypes['AvailabilityChange']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType?: TypeResolveFn<'InsufficientStock' | 'HoldNotActive' | 'NotFound' | 'OutOfRange' | 'VersionConflict' | 'IdempotencyKeyReused' | 'TransferClosed', ParentType, ContextType>;
};

export type InsufficientStockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStock'] = ResolversParentTypes['InsufficientStock']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['StockAlternative']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockAlternativeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAlternative'] = ResolversParentTypes['StockAlternative']> = {
  kind?: Resolver<ResolversTypes['StockAlternativeKind'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  readyBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type HoldNotActiveResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HoldNotActive'] = ResolversParentTypes['HoldNotActive']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['StockHoldState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutOfRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OutOfRange'] = ResolversParentTypes['OutOfRange']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VersionConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VersionConflict'] = ResolversParentTypes['VersionConflict']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  currentVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyKeyReusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyKeyReused'] = ResolversParentTypes['IdempotencyKeyReused']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AdjustStockPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AdjustStockPayload'] = ResolversParentTypes['AdjustStockPayload']> = {
  level?: Resolver<Maybe<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockCountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockCountResult'] = ResolversParentTypes['StockCountResult']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  counted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
};

export type RecordStockCountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordStockCountPayload'] = ResolversParentTypes['RecordStockCountPayload']> = {
  results?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockCountResult']>>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockShortfallResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockShortfall'] = ResolversParentTypes['StockShortfall']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RecordStockSalePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordStockSalePayload'] = ResolversParentTypes['RecordStockSalePayload']> = {
  levels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  shortfalls?: Resolver<ReadonlyArray<ResolversTypes['StockShortfall']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SettleAllocationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SettleAllocationPayload'] = ResolversParentTypes['SettleAllocationPayload']> = {
  levels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordStockReturnPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordStockReturnPayload'] = ResolversParentTypes['RecordStockReturnPayload']> = {
  levels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockRowResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockRowResult'] = ResolversParentTypes['StockRowResult']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['StockRowOutcome'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ChangeStockLevelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeStockLevelsPayload'] = ResolversParentTypes['ChangeStockLevelsPayload']> = {
  results?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockRowResult']>>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SendStockTransferPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendStockTransferPayload'] = ResolversParentTypes['SendStockTransferPayload']> = {
  transfer?: Resolver<Maybe<ResolversTypes['StockTransfer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReceiveStockTransferPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiveStockTransferPayload'] = ResolversParentTypes['ReceiveStockTransferPayload']> = {
  transfer?: Resolver<Maybe<ResolversTypes['StockTransfer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockTransferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockTransfer'] = ResolversParentTypes['StockTransfer'], FederationReferenceType extends FederationReferenceTypes['StockTransfer'] = FederationReferenceTypes['StockTransfer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockTransfer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['StockTransferLine']>, ParentType, ContextType>;
};

export type StockTransferLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockTransferLine'] = ResolversParentTypes['StockTransferLine']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  sent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  received?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  damaged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  discrepancy?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TransferClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferClosed'] = ResolversParentTypes['TransferClosed']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldStockPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HoldStockPayload'] = ResolversParentTypes['HoldStockPayload']> = {
  hold?: Resolver<Maybe<ResolversTypes['StockHold']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExtendHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExtendHoldPayload'] = ResolversParentTypes['ExtendHoldPayload']> = {
  hold?: Resolver<Maybe<ResolversTypes['StockHold']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReleaseHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseHoldPayload'] = ResolversParentTypes['ReleaseHoldPayload']> = {
  hold?: Resolver<Maybe<ResolversTypes['StockHold']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CommitHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommitHoldPayload'] = ResolversParentTypes['CommitHoldPayload']> = {
  hold?: Resolver<Maybe<ResolversTypes['StockHold']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StockHoldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockHold'] = ResolversParentTypes['StockHold'], FederationReferenceType extends FederationReferenceTypes['StockHold'] = FederationReferenceTypes['StockHold']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockHold']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['StockHoldState'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ownerKind?: Resolver<ResolversTypes['HoldOwnerKind'], ParentType, ContextType>;
  ownerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['StockHoldLine']>, ParentType, ContextType>;
};

export type StockHoldLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockHoldLine'] = ResolversParentTypes['StockHoldLine']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockAuditResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockAudit'] = ResolversParentTypes['StockAudit']> = {
  checkedLevels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ledgerMismatches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oversold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unbalancedHolds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  differences?: Resolver<ReadonlyArray<ResolversTypes['StockDifference']>, ParentType, ContextType>;
};

export type StockDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockDifference'] = ResolversParentTypes['StockDifference']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  problem?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  actual?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GeoPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint']> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LocationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationConnection'] = ResolversParentTypes['LocationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LocationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Location']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LocationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocationEdge'] = ResolversParentTypes['LocationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distanceKm?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
};

export type LocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location'], FederationReferenceType extends FederationReferenceTypes['Location'] = FederationReferenceTypes['Location']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Location']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LocationKind'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  coordinates?: Resolver<ResolversTypes['GeoPoint'], ParentType, ContextType>;
  coordinatesDoubt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hours?: Resolver<ReadonlyArray<ResolversTypes['OpeningHours']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openNow?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  pickupCapacity?: Resolver<Maybe<ResolversTypes['PickupCapacity']>, ParentType, ContextType>;
  stockThreshold?: Resolver<Maybe<ResolversTypes['StockThreshold']>, ParentType, ContextType, Partial<LocationStockThresholdArgs>>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  lines?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OpeningHoursResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpeningHours'] = ResolversParentTypes['OpeningHours']> = {
  day?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  opens?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  closes?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stockLevel?: Resolver<Maybe<ResolversTypes['StockLevel']>, ParentType, ContextType, RequireFields<ProductVariantStockLevelArgs, 'location'>>;
  bundleParts?: Resolver<ReadonlyArray<ResolversTypes['BundlePart']>, ParentType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType, RequireFields<ProductVariantAvailabilityArgs, 'channel'>>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel'], FederationReferenceType extends FederationReferenceTypes['StockLevel'] = FederationReferenceTypes['StockLevel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockLevel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unavailable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allocated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  incoming?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  safetyStock?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sellable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shortfall?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  backOrdered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  movements?: Resolver<ResolversTypes['StockMovementConnection'], ParentType, ContextType, RequireFields<StockLevelMovementsArgs, 'last'>>;
};

export type StockMovementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onHandAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allocatedAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  heldAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['MovementCause'], ParentType, ContextType>;
};

export type MovementCauseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MovementCause'] = ResolversParentTypes['MovementCause']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onShelf?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limitedBy?: Resolver<ResolversTypes['AvailabilityLimit'], ParentType, ContextType>;
  backOrder?: Resolver<Maybe<ResolversTypes['ChannelBackOrder']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  pickup?: Resolver<ReadonlyArray<ResolversTypes['PickupOption']>, ParentType, ContextType, RequireFields<AvailabilityPickupArgs, 'first'>>;
};

export type PickupOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PickupOption'] = ResolversParentTypes['PickupOption']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  distanceKm?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  readyBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  StockChanged?: StockChangedResolvers<ContextType>;
  StockAlertsEvent?: StockAlertsEventResolvers<ContextType>;
  StockAlert?: StockAlertResolvers<ContextType>;
  StockPromise?: StockPromiseResolvers<ContextType>;
  StockSuggestion?: StockSuggestionResolvers<ContextType>;
  StockAlertConnection?: StockAlertConnectionResolvers<ContextType>;
  StockAlertEdge?: StockAlertEdgeResolvers<ContextType>;
  StockThreshold?: StockThresholdResolvers<ContextType>;
  SetStockThresholdsPayload?: SetStockThresholdsPayloadResolvers<ContextType>;
  StockChangesPage?: StockChangesPageResolvers<ContextType>;
  StockChange?: StockChangeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  InventoryAccuracy?: InventoryAccuracyResolvers<ContextType>;
  PickupCapacity?: PickupCapacityResolvers<ContextType>;
  SetPickupCapacityPayload?: SetPickupCapacityPayloadResolvers<ContextType>;
  ChannelBuffer?: ChannelBufferResolvers<ContextType>;
  ChannelQuota?: ChannelQuotaResolvers<ContextType>;
  ChannelBackOrder?: ChannelBackOrderResolvers<ContextType>;
  SetChannelBackOrderPayload?: SetChannelBackOrderPayloadResolvers<ContextType>;
  BundlePart?: BundlePartResolvers<ContextType>;
  SetBundlePartsPayload?: SetBundlePartsPayloadResolvers<ContextType>;
  SetChannelBufferPayload?: SetChannelBufferPayloadResolvers<ContextType>;
  SetChannelQuotaPayload?: SetChannelQuotaPayloadResolvers<ContextType>;
  AvailabilityChange?: AvailabilityChangeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  InsufficientStock?: InsufficientStockResolvers<ContextType>;
  StockAlternative?: StockAlternativeResolvers<ContextType>;
  HoldNotActive?: HoldNotActiveResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  OutOfRange?: OutOfRangeResolvers<ContextType>;
  VersionConflict?: VersionConflictResolvers<ContextType>;
  IdempotencyKeyReused?: IdempotencyKeyReusedResolvers<ContextType>;
  AdjustStockPayload?: AdjustStockPayloadResolvers<ContextType>;
  StockCountResult?: StockCountResultResolvers<ContextType>;
  RecordStockCountPayload?: RecordStockCountPayloadResolvers<ContextType>;
  StockShortfall?: StockShortfallResolvers<ContextType>;
  RecordStockSalePayload?: RecordStockSalePayloadResolvers<ContextType>;
  SettleAllocationPayload?: SettleAllocationPayloadResolvers<ContextType>;
  RecordStockReturnPayload?: RecordStockReturnPayloadResolvers<ContextType>;
  StockRowResult?: StockRowResultResolvers<ContextType>;
  ChangeStockLevelsPayload?: ChangeStockLevelsPayloadResolvers<ContextType>;
  SendStockTransferPayload?: SendStockTransferPayloadResolvers<ContextType>;
  ReceiveStockTransferPayload?: ReceiveStockTransferPayloadResolvers<ContextType>;
  StockTransfer?: StockTransferResolvers<ContextType>;
  StockTransferLine?: StockTransferLineResolvers<ContextType>;
  TransferClosed?: TransferClosedResolvers<ContextType>;
  HoldStockPayload?: HoldStockPayloadResolvers<ContextType>;
  ExtendHoldPayload?: ExtendHoldPayloadResolvers<ContextType>;
  ReleaseHoldPayload?: ReleaseHoldPayloadResolvers<ContextType>;
  CommitHoldPayload?: CommitHoldPayloadResolvers<ContextType>;
  StockHold?: StockHoldResolvers<ContextType>;
  StockHoldLine?: StockHoldLineResolvers<ContextType>;
  StockAudit?: StockAuditResolvers<ContextType>;
  StockDifference?: StockDifferenceResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  LocationConnection?: LocationConnectionResolvers<ContextType>;
  LocationEdge?: LocationEdgeResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  OpeningHours?: OpeningHoursResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  MovementCause?: MovementCauseResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  PickupOption?: PickupOptionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  liveFeed?: LiveFeedDirectiveResolver<any, any, ContextType>;
};
