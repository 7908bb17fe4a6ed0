import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderParent, OrderUpdatedParent, OrderChangesPageParent, OrderLineParent, FulfillmentOrderParent, FulfillmentParent, FulfillmentLineParent, ReturnParent, ReturnLineParent, ChannelParent, CustomerParent, SalesParent } from './parents.ts';
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
  /** A decimal number as a string, such as "12.50": never a float, so that no cent is lost. */
  Decimal: { input: string; output: string; }
  /** An ISO 4217 code, such as GBP. */
  CurrencyCode: { input: string; output: string; }
  /** An instant in UTC with its offset, as in RFC 3339: 2011-08-31T16:05:00.000Z. */
  DateTime: { input: Date; output: Date; }
  /** A day as 2011-08-31, in UTC. */
  Date: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** An amount in one currency. Amounts of different currencies are never added up. */
export type Money = {
  /** The amount in the currency's major unit, with as many decimals as the currency has. */
  readonly amount: Scalars['Decimal']['output'];
  /** The currency the amount is in. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
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
   * The order book, newest first. An unknown channel gives an empty page. For: staff with `orders:read`, and partners, who get the
   * orders of their own channel; another's looks like one that there is none of.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly orders?: Maybe<OrderConnection>;
  /**
   * One order by its number; null when there is none. With `email`, which must be the order's, in upper or lower case, everybody finds
   * it; without, staff with `orders:read`, the customer who placed it, and the partner on whose channel it was placed. An
   * order of somebody else looks exactly like one that does not exist.
   */
  readonly order?: Maybe<Order>;
  /**
   * The same as the subscription orderUpdated, by pulling: first the order as it is (kind SNAPSHOT), then what changed since the cursor, in order
   * and once. Cursors are those of the subscription: either goes on where the other ended. Ask again with `cursor`: at once while `hasMore` is true,
   * else after a pause. A cursor that cannot be gone on from gets the order as it is. Null for an order that is not there or not yours.
   * For: staff with `orders:read`, the customer who placed it, and the partner on whose channel it was placed.
   * Errors: BAD_USER_INPUT for a page size outside 1 to 100.
   */
  readonly orderChanges?: Maybe<OrderChangesPage>;
};


export type QueryOrdersArgs = {
  channel?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<ReadonlyArray<OrderStatus>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrderArgs = {
  number: Scalars['String']['input'];
  email?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrderChangesArgs = {
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Subscription = {
  /**
   * One order, live: as it is first (SNAPSHOT), then as each committed change left it, in order and once (CHANGES), and a HEARTBEAT after every 5
   * seconds in which nothing happened. Keep `cursor` with what you stored; with it as `after` the feed goes on from there, also over a
   * reconnect or a restart. Changes are kept for a day, at most a million; a cursor that cannot be gone on from (older, from before a restore, of
   * another order, or damaged) gets a SNAPSHOT. An order that is given to another customer ends it with the error below.
   * For: staff with `orders:read`, the customer who placed it, and the partner on whose channel it was placed.
   * Errors: BAD_USER_INPUT for an order that is not there; one of somebody else looks exactly like that.
   */
  readonly orderUpdated: OrderUpdated;
};


export type SubscriptionOrderUpdatedArgs = {
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An event of a live order. */
export type OrderUpdated = {
  /** The position after this event, to pass as `after`; 44 characters, opaque. Heartbeats move it on too. */
  readonly cursor: Scalars['String']['output'];
  /** What the event is. */
  readonly kind: OrderFeedKind;
  /** The position of the feed of orders after this event. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /**
   * SNAPSHOT: the order as it is. CHANGES: the order as one change left it; its version is the one before and 1. Null in a HEARTBEAT.
   * Its own fields and its timeline are those of that version; lines, fulfilments and returns are as they are when the event is sent, never older.
   */
  readonly order?: Maybe<Order>;
};

/** What an event, or a page, of an order's feed is. */
export type OrderFeedKind =
  /** The order as it is: it replaces what was known before. */
  | 'SNAPSHOT'
  /** What changed since the cursor before. */
  | 'CHANGES'
  /** Nothing changed; the cursor may have moved on. Only in the subscription. */
  | 'HEARTBEAT';

/** A page of an order's feed that is pulled. */
export type OrderChangesPage = {
  /** The position after this page, to pass as `after`; opaque. */
  readonly cursor: Scalars['String']['output'];
  /** What the page is: SNAPSHOT or CHANGES. */
  readonly kind: OrderFeedKind;
  /** The position of the feed of orders after this page. A whole number, up to 2^53. */
  readonly sequence: Scalars['Float']['output'];
  /** SNAPSHOT: the order as it is. CHANGES: the order as each change left it, in order, as `OrderUpdated.order` tells it; none when nothing changed. */
  readonly orders: ReadonlyArray<Order>;
  /** Whether there is more to pull at once. */
  readonly hasMore: Scalars['Boolean']['output'];
};

/** A page of orders. */
export type OrderConnection = {
  /** The orders of this page with their cursors. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** The orders of this page. */
  readonly nodes: ReadonlyArray<Order>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One order of a page. */
export type OrderEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: Order;
};

/** How far an order has come. */
export type OrderStatus =
  /** Placed; nothing has left yet. */
  | 'PLACED'
  /** Some of it has left. */
  | 'PARTIALLY_FULFILLED'
  /** All of it has left or was handed over. */
  | 'FULFILLED'
  /** Called off before anything left. */
  | 'CANCELLED'
  /** All of it came back. */
  | 'RETURNED';

/** What a customer bought on one channel at one moment. */
export type Order = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What the customer was told; unique. */
  readonly number: Scalars['String']['output'];
  /** The number the channel itself gave it; null for our own channels' orders. */
  readonly externalReference?: Maybe<Scalars['String']['output']>;
  /** How far it has come. */
  readonly status: OrderStatus;
  /** Raised by 1 with every change of the order, or of what happened to it: a return, another line. 1 when it is new. */
  readonly version: Scalars['Int']['output'];
  /** When it was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** The channel it was placed on. */
  readonly channel?: Maybe<Channel>;
  /** Who placed it; null for a guest. */
  readonly customer?: Maybe<Customer>;
  /**
   * What was bought, in the order it was put in.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly lines: OrderLineConnection;
  /** What was paid for all lines. */
  readonly total: Money;
  /** What happened to it, the earliest first. Errors: BAD_USER_INPUT for a `last` outside 1 to 100. */
  readonly timeline: ReadonlyArray<OrderEvent>;
  /** What locations were asked to send or hand over, the earliest first; at most 100. */
  readonly fulfillmentOrders: ReadonlyArray<FulfillmentOrder>;
  /** What left, or was handed over, the earliest first; at most 100. */
  readonly fulfillments: ReadonlyArray<Fulfillment>;
  /** What came back, the earliest first; at most 100. */
  readonly returns: ReadonlyArray<Return>;
};


/** What a customer bought on one channel at one moment. */
export type OrderLinesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What a customer bought on one channel at one moment. */
export type OrderTimelineArgs = {
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of order lines. */
export type OrderLineConnection = {
  /** The lines of this page with their cursors. */
  readonly edges: ReadonlyArray<OrderLineEdge>;
  /** The lines of this page. */
  readonly nodes: ReadonlyArray<OrderLine>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One line of a page. */
export type OrderLineEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The line. */
  readonly node: OrderLine;
};

/** So many of one variant, at one price. */
export type OrderLine = {
  /** The variant as it is now. */
  readonly variant?: Maybe<ProductVariant>;
  /** Its title when it was sold. */
  readonly title: Scalars['String']['output'];
  /** How many. */
  readonly quantity: Scalars['Int']['output'];
  /** What one cost. */
  readonly unitPrice: Money;
  /** unitPrice times quantity. */
  readonly total: Money;
};

/** What can happen to an order. */
export type OrderEventKind =
  /** The customer placed it. */
  | 'PLACED'
  /** Goods left. */
  | 'SHIPPED'
  /** Goods arrived or were handed over. */
  | 'DELIVERED'
  /** It was called off. */
  | 'CANCELLED'
  /** Goods came back. */
  | 'RETURNED'
  /** Money was given back. */
  | 'REFUNDED';

/** Something that happened to an order. */
export type OrderEvent = {
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** What. */
  readonly kind: OrderEventKind;
  /** The same in words for the customer. */
  readonly message: Scalars['String']['output'];
};

/** How goods reach the customer. */
export type FulfillmentMethod =
  /** Sent by a carrier. */
  | 'SHIPPING'
  /** Picked up by the customer. */
  | 'PICKUP'
  /** Taken along at the till. */
  | 'IN_STORE';

/** How far a location has come with what it was asked to do. */
export type FulfillmentOrderStatus =
  /** Asked for; not begun. */
  | 'REQUESTED'
  /** Being taken off the shelf. */
  | 'PICKING'
  /** Packed, or waiting for the customer. */
  | 'READY'
  /** Left, or handed over. */
  | 'DONE'
  /** The location could not do it. */
  | 'DECLINED'
  /** Called off. */
  | 'CANCELLED';

/** The part of an order that one location is asked to send or hand over. */
export type FulfillmentOrder = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The order it is a part of. */
  readonly order: Order;
  /** Who is asked. */
  readonly location?: Maybe<Location>;
  /** How the goods reach the customer. */
  readonly method: FulfillmentMethod;
  /** How far it has come. */
  readonly status: FulfillmentOrderStatus;
  /** By when the customer was promised the goods; null when nothing was promised. */
  readonly promisedBy?: Maybe<Scalars['DateTime']['output']>;
  /** What is asked for, in the order of the order's lines; at most 500. */
  readonly lines: ReadonlyArray<FulfillmentLine>;
};

/** How far goods have come that left. */
export type FulfillmentStatus =
  /** With the carrier. */
  | 'IN_TRANSIT'
  /** With the customer, by a carrier. */
  | 'DELIVERED'
  /** With the customer, at the counter. */
  | 'HANDED_OVER';

/** Goods that left together. */
export type Fulfillment = {
  /** How far they have come. */
  readonly status: FulfillmentStatus;
  /** Where they left from. */
  readonly location?: Maybe<Location>;
  /** How to follow them; null when they were not sent, or by a carrier without tracking. */
  readonly tracking?: Maybe<Tracking>;
  /** What was in it, in the order of the order's lines; at most 500. */
  readonly lines: ReadonlyArray<FulfillmentLine>;
  /** When they left. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** How to follow a parcel. */
export type Tracking = {
  /** Who carries it. */
  readonly carrier: Scalars['String']['output'];
  /** The carrier's number for it. */
  readonly number: Scalars['String']['output'];
  /** Where to look; null when the carrier has no such page. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** So many of one variant, within a fulfilment. */
export type FulfillmentLine = {
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** How many. */
  readonly quantity: Scalars['Int']['output'];
};

/** How far a return has come. */
export type ReturnStatus =
  /** Announced by the customer. */
  | 'REQUESTED'
  /** The goods are here. */
  | 'RECEIVED'
  /** The money was given back. */
  | 'REFUNDED';

/** Why goods came back. */
export type ReturnReason =
  /** Not wanted any more. */
  | 'UNWANTED'
  /** Broken. */
  | 'DAMAGED'
  /** Something else than was ordered. */
  | 'WRONG_ITEM'
  /** Not what the page said. */
  | 'NOT_AS_DESCRIBED'
  /** Called off by the customer or by us, without a better reason known. */
  | 'CANCELLED'
  /** Another reason. */
  | 'OTHER';

/** Goods that came back. */
export type Return = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** How far it has come. */
  readonly status: ReturnStatus;
  /** What was given back, or will be. */
  readonly refund: Money;
  /** What came back; at most 500 lines. */
  readonly lines: ReadonlyArray<ReturnLine>;
  /** When it was taken in. */
  readonly createdAt: Scalars['DateTime']['output'];
};

/** So many of one variant that came back. */
export type ReturnLine = {
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** How many. */
  readonly quantity: Scalars['Int']['output'];
  /** Why. */
  readonly reason: ReturnReason;
};

export type Channel = {
  /** The channel's slug. */
  readonly id: Scalars['ID']['output'];
  /**
   * Orders placed from the first day to the last, both included. Null when the channel never sold anything. Amounts are in
   * the currency of the channel's newest order; orders in another currency are left out of all four figures, since amounts
   * of different currencies are never added up. For: staff with `orders:read`, and a partner on their own channel.
   * Errors: BAD_USER_INPUT when `to` is before `from`, or over ten years after it.
   */
  readonly sales?: Maybe<Sales>;
};


export type ChannelSalesArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};

/** What a channel sold in a time. */
export type Sales = {
  /** How many orders, cancelled ones left out. */
  readonly orders: Scalars['Int']['output'];
  /** What they came to. */
  readonly revenue: Money;
  /** revenue through orders, rounded half even; null without an order. */
  readonly averageOrderValue?: Maybe<Money>;
  /** Units that came back of those sold in the time, through units sold in it; null when nothing was sold. */
  readonly returnRate?: Maybe<Scalars['Float']['output']>;
};

export type Customer = {
  /** The customer's id. */
  readonly id: Scalars['ID']['output'];
  /**
   * The customer's orders over all channels, newest first. For: staff with `orders:read`, and the customer.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly orders?: Maybe<OrderConnection>;
};


export type CustomerOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type ProductVariant = {
  /** The stock keeping unit. */
  readonly sku: Scalars['ID']['output'];
};

export type Location = {
  /** The location's slug. */
  readonly id: Scalars['ID']['output'];
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
  Order: Order;
  FulfillmentOrder: FulfillmentOrder;
  Return: Return;
  Channel: Channel;
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"number":true}> ) );
  FulfillmentOrder:
    ( { __typename: 'FulfillmentOrder' }
    & GraphQLRecursivePick<FederationTypes['FulfillmentOrder'], {"id":true}> );
  Return:
    ( { __typename: 'Return' }
    & GraphQLRecursivePick<FederationTypes['Return'], {"id":true}> );
  Channel:
    ( { __typename: 'Channel' }
    & GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OrderUpdated: ResolverTypeWrapper<OrderUpdatedParent>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  OrderFeedKind: OrderFeedKind;
  OrderChangesPage: ResolverTypeWrapper<OrderChangesPageParent>;
  OrderConnection: ResolverTypeWrapper<Omit<OrderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OrderEdge']>, nodes: ReadonlyArray<ResolversTypes['Order']> }>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderStatus: OrderStatus;
  Order: ResolverTypeWrapper<OrderParent>;
  OrderLineConnection: ResolverTypeWrapper<Omit<OrderLineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OrderLineEdge']>, nodes: ReadonlyArray<ResolversTypes['OrderLine']> }>;
  OrderLineEdge: ResolverTypeWrapper<Omit<OrderLineEdge, 'node'> & { node: ResolversTypes['OrderLine'] }>;
  OrderLine: ResolverTypeWrapper<OrderLineParent>;
  OrderEventKind: OrderEventKind;
  OrderEvent: ResolverTypeWrapper<OrderEvent>;
  FulfillmentMethod: FulfillmentMethod;
  FulfillmentOrderStatus: FulfillmentOrderStatus;
  FulfillmentOrder: ResolverTypeWrapper<FulfillmentOrderParent>;
  FulfillmentStatus: FulfillmentStatus;
  Fulfillment: ResolverTypeWrapper<FulfillmentParent>;
  Tracking: ResolverTypeWrapper<Tracking>;
  FulfillmentLine: ResolverTypeWrapper<FulfillmentLineParent>;
  ReturnStatus: ReturnStatus;
  ReturnReason: ReturnReason;
  Return: ResolverTypeWrapper<ReturnParent>;
  ReturnLine: ResolverTypeWrapper<ReturnLineParent>;
  Channel: ResolverTypeWrapper<ChannelParent>;
  Sales: ResolverTypeWrapper<SalesParent>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  ProductVariant: ResolverTypeWrapper<ProductVariant>;
  Location: ResolverTypeWrapper<Location>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Date: Scalars['Date']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Subscription: Record<PropertyKey, never>;
  OrderUpdated: OrderUpdatedParent;
  Float: Scalars['Float']['output'];
  OrderChangesPage: OrderChangesPageParent;
  OrderConnection: Omit<OrderConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OrderEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Order']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  Order: OrderParent;
  OrderLineConnection: Omit<OrderLineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OrderLineEdge']>, nodes: ReadonlyArray<ResolversParentTypes['OrderLine']> };
  OrderLineEdge: Omit<OrderLineEdge, 'node'> & { node: ResolversParentTypes['OrderLine'] };
  OrderLine: OrderLineParent;
  OrderEvent: OrderEvent;
  FulfillmentOrder: FulfillmentOrderParent;
  Fulfillment: FulfillmentParent;
  Tracking: Tracking;
  FulfillmentLine: FulfillmentLineParent;
  Return: ReturnParent;
  ReturnLine: ReturnLineParent;
  Channel: ChannelParent;
  Sales: SalesParent;
  Customer: CustomerParent;
  ProductVariant: ProductVariant;
  Location: Location;
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

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'number'>>;
  orderChanges?: Resolver<Maybe<ResolversTypes['OrderChangesPage']>, ParentType, ContextType, RequireFields<QueryOrderChangesArgs, 'id' | 'first'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  orderUpdated?: SubscriptionResolver<ResolversTypes['OrderUpdated'], "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
};

export type OrderUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderUpdated'] = ResolversParentTypes['OrderUpdated']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['OrderFeedKind'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
};

export type OrderChangesPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderChangesPage'] = ResolversParentTypes['OrderChangesPage']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['OrderFeedKind'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  orders?: Resolver<ReadonlyArray<ResolversTypes['Order']>, ParentType, ContextType>;
  hasMore?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['OrderLineConnection'], ParentType, ContextType, RequireFields<OrderLinesArgs, 'first'>>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['OrderEvent']>, ParentType, ContextType, RequireFields<OrderTimelineArgs, 'last'>>;
  fulfillmentOrders?: Resolver<ReadonlyArray<ResolversTypes['FulfillmentOrder']>, ParentType, ContextType>;
  fulfillments?: Resolver<ReadonlyArray<ResolversTypes['Fulfillment']>, ParentType, ContextType>;
  returns?: Resolver<ReadonlyArray<ResolversTypes['Return']>, ParentType, ContextType>;
};

export type OrderLineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLineConnection'] = ResolversParentTypes['OrderLineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderLineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderLineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLineEdge'] = ResolversParentTypes['OrderLineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OrderLine'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['OrderEventKind'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FulfillmentOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentOrder'] = ResolversParentTypes['FulfillmentOrder'], FederationReferenceType extends FederationReferenceTypes['FulfillmentOrder'] = FederationReferenceTypes['FulfillmentOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FulfillmentOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['FulfillmentMethod'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FulfillmentOrderStatus'], ParentType, ContextType>;
  promisedBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['FulfillmentLine']>, ParentType, ContextType>;
};

export type FulfillmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fulfillment'] = ResolversParentTypes['Fulfillment']> = {
  status?: Resolver<ResolversTypes['FulfillmentStatus'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType>;
  tracking?: Resolver<Maybe<ResolversTypes['Tracking']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['FulfillmentLine']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TrackingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tracking'] = ResolversParentTypes['Tracking']> = {
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FulfillmentLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfillmentLine'] = ResolversParentTypes['FulfillmentLine']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return'], FederationReferenceType extends FederationReferenceTypes['Return'] = FederationReferenceTypes['Return']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Return']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnStatus'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ReturnLine']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReturnLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReturnLine'] = ResolversParentTypes['ReturnLine']> = {
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReturnReason'], ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sales?: Resolver<Maybe<ResolversTypes['Sales']>, ParentType, ContextType, RequireFields<ChannelSalesArgs, 'from' | 'to'>>;
};

export type SalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Sales'] = ResolversParentTypes['Sales']> = {
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  averageOrderValue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  returnRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<CustomerOrdersArgs, 'first'>>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant']> = {
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Location'] = ResolversParentTypes['Location']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  OrderUpdated?: OrderUpdatedResolvers<ContextType>;
  OrderChangesPage?: OrderChangesPageResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderLineConnection?: OrderLineConnectionResolvers<ContextType>;
  OrderLineEdge?: OrderLineEdgeResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  FulfillmentOrder?: FulfillmentOrderResolvers<ContextType>;
  Fulfillment?: FulfillmentResolvers<ContextType>;
  Tracking?: TrackingResolvers<ContextType>;
  FulfillmentLine?: FulfillmentLineResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  ReturnLine?: ReturnLineResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  Sales?: SalesResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  liveFeed?: LiveFeedDirectiveResolver<any, any, ContextType>;
};
