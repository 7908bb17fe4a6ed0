import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerParent, InteractionParent, ChannelParent } from './parents.ts';
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
  /** A day as 2011-08-31, in UTC. */
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
  /** The customer who is asking; null for anybody who is no customer. For: everybody who is signed in. */
  readonly me?: Maybe<Customer>;
  /**
   * One customer by id, e-mail address, or the id another system knows them by; null when there is none. Give exactly one of the
   * three (BAD_USER_INPUT otherwise). For: staff with `customers:read`; customers find themselves, and nobody else.
   */
  readonly customer?: Maybe<Customer>;
};


export type QueryCustomerArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  email?: InputMaybe<Scalars['String']['input']>;
  externalId?: InputMaybe<ExternalIdInput>;
};

/** What another system calls a customer. */
export type ExternalIdInput = {
  /** The system, such as uci-online-retail. */
  readonly source: Scalars['String']['input'];
  /** The id in it. */
  readonly value: Scalars['String']['input'];
};

/** A person who buys, over all channels. For: staff with `customers:read`, and customers about themselves. */
export type Customer = {
  /** Opaque, and stable also after a merge. */
  readonly id: Scalars['ID']['output'];
  /** How to address them; "Customer" and a number where no name is known. */
  readonly displayName: Scalars['String']['output'];
  /** The country they are known to be in, ISO 3166-1 alpha-2; null when unknown. */
  readonly countryCode?: Maybe<Scalars['String']['output']>;
  /** What the channels and systems know them by, also what was known of profiles merged into this one; at most 100. */
  readonly identities: ReadonlyArray<CustomerIdentity>;
  /** What they did, on every channel, the latest first. Errors: BAD_USER_INPUT for a cursor that is not from a timeline. */
  readonly timeline: InteractionConnection;
};


/** A person who buys, over all channels. For: staff with `customers:read`, and customers about themselves. */
export type CustomerTimelineArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What an identity is made of. */
export type IdentityKind =
  /** An e-mail address, in lower case. */
  | 'EMAIL'
  /** A telephone number, digits only. */
  | 'PHONE'
  /** The number of a loyalty card. */
  | 'LOYALTY_CARD'
  /** The id of another system. */
  | 'EXTERNAL_ID';

/** One name by which a channel or a system knows a customer. */
export type CustomerIdentity = {
  /** What it is. */
  readonly kind: IdentityKind;
  /** The name itself. */
  readonly value: Scalars['String']['output'];
  /** Who calls them so. */
  readonly source: Scalars['String']['output'];
  /** Whether it was proved that the name is theirs. */
  readonly verified: Scalars['Boolean']['output'];
};

/** A page of a customer's history. */
export type InteractionConnection = {
  /** What happened, with cursors. */
  readonly edges: ReadonlyArray<InteractionEdge>;
  /** What happened. */
  readonly nodes: ReadonlyArray<Interaction>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One thing that happened, on a page. */
export type InteractionEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** What happened. */
  readonly node: Interaction;
};

/** What a customer can have done. */
export type InteractionKind =
  /** Placed an order. */
  | 'ORDERED'
  /** Brought something back. */
  | 'RETURNED';

/** Something a customer did on a channel. */
export type Interaction = {
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** On which channel. */
  readonly channel?: Maybe<Channel>;
  /** What. */
  readonly kind: InteractionKind;
  /** The same in words. */
  readonly summary: Scalars['String']['output'];
};

export type Channel = {
  /** The channel's slug. */
  readonly id: Scalars['ID']['output'];
  /**
   * Who bought on it from the first day to the last, both included. For: staff with `customers:read`.
   * Errors: BAD_USER_INPUT when `to` is before `from`, or over ten years after it.
   */
  readonly customers?: Maybe<ChannelCustomers>;
};


export type ChannelCustomersArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};

/** How many known customers ordered on a channel in a time. Guests are not counted. */
export type ChannelCustomers = {
  /** Those whose first order ever, on any channel, lies in it. */
  readonly new: Scalars['Int']['output'];
  /** Those who had ordered before. */
  readonly returning: Scalars['Int']['output'];
  /** Those, of both, who up to its end had ordered on two channels or more. */
  readonly crossChannel: Scalars['Int']['output'];
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
  Customer: Customer;
  Channel: Channel;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Channel:
    ( { __typename: 'Channel' }
    & GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ExternalIdInput: ExternalIdInput;
  Customer: ResolverTypeWrapper<CustomerParent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  IdentityKind: IdentityKind;
  CustomerIdentity: ResolverTypeWrapper<CustomerIdentity>;
  InteractionConnection: ResolverTypeWrapper<Omit<InteractionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['InteractionEdge']>, nodes: ReadonlyArray<ResolversTypes['Interaction']> }>;
  InteractionEdge: ResolverTypeWrapper<Omit<InteractionEdge, 'node'> & { node: ResolversTypes['Interaction'] }>;
  InteractionKind: InteractionKind;
  Interaction: ResolverTypeWrapper<InteractionParent>;
  Channel: ResolverTypeWrapper<ChannelParent>;
  ChannelCustomers: ResolverTypeWrapper<ChannelCustomers>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Date: Scalars['Date']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  ExternalIdInput: ExternalIdInput;
  Customer: CustomerParent;
  Int: Scalars['Int']['output'];
  CustomerIdentity: CustomerIdentity;
  InteractionConnection: Omit<InteractionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['InteractionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Interaction']> };
  InteractionEdge: Omit<InteractionEdge, 'node'> & { node: ResolversParentTypes['Interaction'] };
  Interaction: InteractionParent;
  Channel: ChannelParent;
  ChannelCustomers: ChannelCustomers;
};

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
  me?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, Partial<QueryCustomerArgs>>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  identities?: Resolver<ReadonlyArray<ResolversTypes['CustomerIdentity']>, ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['InteractionConnection'], ParentType, ContextType, RequireFields<CustomerTimelineArgs, 'first'>>;
};

export type CustomerIdentityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerIdentity'] = ResolversParentTypes['CustomerIdentity']> = {
  kind?: Resolver<ResolversTypes['IdentityKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type InteractionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InteractionConnection'] = ResolversParentTypes['InteractionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InteractionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Interaction']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InteractionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InteractionEdge'] = ResolversParentTypes['InteractionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Interaction'], ParentType, ContextType>;
};

export type InteractionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Interaction'] = ResolversParentTypes['Interaction']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InteractionKind'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customers?: Resolver<Maybe<ResolversTypes['ChannelCustomers']>, ParentType, ContextType, RequireFields<ChannelCustomersArgs, 'from' | 'to'>>;
};

export type ChannelCustomersResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChannelCustomers'] = ResolversParentTypes['ChannelCustomers']> = {
  new?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returning?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  crossChannel?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerIdentity?: CustomerIdentityResolvers<ContextType>;
  InteractionConnection?: InteractionConnectionResolvers<ContextType>;
  InteractionEdge?: InteractionEdgeResolvers<ContextType>;
  Interaction?: InteractionResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  ChannelCustomers?: ChannelCustomersResolvers<ContextType>;
};

