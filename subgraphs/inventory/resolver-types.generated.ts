import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { LocationParent, StockLevelParent, ProductVariantParent, AvailabilityParent, PickupOptionParent } from './parents.ts';
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
  readonly locations: LocationConnection;
  /** One location by its id; null when there is none. */
  readonly location?: Maybe<Location>;
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
  /** Why the coordinates are doubted, such as being far from the postal code; null when they are not. */
  readonly coordinatesDoubt?: Maybe<Scalars['String']['output']>;
  /** Its opening hours, Monday first, in its own time; empty for a place without customers. */
  readonly hours: ReadonlyArray<OpeningHours>;
  /** The time zone of its hours, such as America/Chicago. */
  readonly timeZone: Scalars['String']['output'];
  /** Whether it is open at this moment; null when it has no hours. */
  readonly openNow?: Maybe<Scalars['Boolean']['output']>;
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
  /** What lies at one location; null when it was never stocked there. */
  readonly stockLevel?: Maybe<StockLevel>;
  /** What a channel can sell. An unknown channel can sell nothing. */
  readonly availability: Availability;
};


export type ProductVariantStockLevelArgs = {
  location: Scalars['ID']['input'];
};


export type ProductVariantAvailabilityArgs = {
  channel: Scalars['ID']['input'];
};

/** How many of a variant lie at a location, and what they are there for. */
export type StockLevel = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The variant. */
  readonly variant: ProductVariant;
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
  /** Raised by one with every change: of two readings, the one with the higher version is the later. */
  readonly version: Scalars['Int']['output'];
  /** When it changed last. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** Whether a channel can sell a variant now. */
export type AvailabilityStatus =
  /** It can be bought now. */
  | 'IN_STOCK'
  /** It can be bought now, but few are left (5 or fewer). */
  | 'LOW_STOCK'
  /** Nothing is left for this channel. */
  | 'OUT_OF_STOCK';

/** What bound a number of availability. */
export type AvailabilityLimit =
  /** What lies at the channel's locations. */
  | 'STOCK'
  /** No location serves the channel. */
  | 'NO_LOCATION';

/** What a channel can sell of a variant at this moment. */
export type Availability = {
  /** The same in one word. */
  readonly status: AvailabilityStatus;
  /** How many this channel can sell: the sum, over its locations, of what is sellable there (never below zero each). */
  readonly availableToSell: Scalars['Int']['output'];
  /** What keeps the number from being higher. */
  readonly limitedBy: AvailabilityLimit;
  /** The instant, by the database's clock, at which the numbers were read. */
  readonly asOf: Scalars['DateTime']['output'];
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
  /** When it can be handed over: two hours of the shop's opening time from now. Null when the shop has no hours. */
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
  Location: Location;
  ProductVariant: ProductVariant;
  StockLevel: StockLevel;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
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
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  GeoPointInput: GeoPointInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  LocationKind: LocationKind;
  LocationConnection: ResolverTypeWrapper<Omit<LocationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LocationEdge']>, nodes: ReadonlyArray<ResolversTypes['Location']> }>;
  LocationEdge: ResolverTypeWrapper<Omit<LocationEdge, 'node'> & { node: ResolversTypes['Location'] }>;
  Location: ResolverTypeWrapper<LocationParent>;
  Address: ResolverTypeWrapper<Address>;
  OpeningHours: ResolverTypeWrapper<OpeningHours>;
  ProductVariant: ResolverTypeWrapper<ProductVariantParent>;
  StockLevel: ResolverTypeWrapper<StockLevelParent>;
  AvailabilityStatus: AvailabilityStatus;
  AvailabilityLimit: AvailabilityLimit;
  Availability: ResolverTypeWrapper<AvailabilityParent>;
  PickupOption: ResolverTypeWrapper<PickupOptionParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  GeoPointInput: GeoPointInput;
  Float: Scalars['Float']['output'];
  GeoPoint: GeoPoint;
  LocationConnection: Omit<LocationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LocationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Location']> };
  LocationEdge: Omit<LocationEdge, 'node'> & { node: ResolversParentTypes['Location'] };
  Location: LocationParent;
  Address: Address;
  OpeningHours: OpeningHours;
  ProductVariant: ProductVariantParent;
  StockLevel: StockLevelParent;
  Availability: AvailabilityParent;
  PickupOption: PickupOptionParent;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  locations?: Resolver<ResolversTypes['LocationConnection'], ParentType, ContextType, RequireFields<QueryLocationsArgs, 'first'>>;
  location?: Resolver<Maybe<ResolversTypes['Location']>, ParentType, ContextType, RequireFields<QueryLocationArgs, 'id'>>;
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
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType, RequireFields<ProductVariantAvailabilityArgs, 'channel'>>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel'], FederationReferenceType extends FederationReferenceTypes['StockLevel'] = FederationReferenceTypes['StockLevel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StockLevel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  variant?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unavailable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allocated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  incoming?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  safetyStock?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sellable?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limitedBy?: Resolver<ResolversTypes['AvailabilityLimit'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pickup?: Resolver<ReadonlyArray<ResolversTypes['PickupOption']>, ParentType, ContextType, RequireFields<AvailabilityPickupArgs, 'first'>>;
};

export type PickupOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PickupOption'] = ResolversParentTypes['PickupOption']> = {
  location?: Resolver<ResolversTypes['Location'], ParentType, ContextType>;
  distanceKm?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  availableToSell?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readyBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  LocationConnection?: LocationConnectionResolvers<ContextType>;
  LocationEdge?: LocationEdgeResolvers<ContextType>;
  Location?: LocationResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  OpeningHours?: OpeningHoursResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  PickupOption?: PickupOptionResolvers<ContextType>;
};

