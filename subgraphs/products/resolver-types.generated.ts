import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductParent, ProductVariantParent, ProductConnectionParent, CategoryParent, ChannelParent } from './parents.ts';
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
   * The products listed in a channel, a page at a time. An unknown channel or category gives an empty page.
   * Errors: BAD_USER_INPUT for a cursor that is not from this list, or a page size outside 1 to 100.
   */
  readonly products?: Maybe<ProductConnection>;
  /** One product by its id or by its handle; null when there is none. Give exactly one of the two (BAD_USER_INPUT otherwise). */
  readonly product?: Maybe<Product>;
  /** One variant by SKU or by GTIN; null when there is none. Give exactly one of the two (BAD_USER_INPUT otherwise). */
  readonly variant?: Maybe<ProductVariant>;
  /** Every channel, by id; at most 100. */
  readonly channels?: Maybe<ReadonlyArray<Channel>>;
  /** One channel by its id; null when there is none. */
  readonly channel?: Maybe<Channel>;
  /** The categories right below one, or the top ones, by name. */
  readonly categories?: Maybe<ReadonlyArray<Category>>;
};


export type QueryProductsArgs = {
  channel: Scalars['ID']['input'];
  category?: InputMaybe<Scalars['ID']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  changedSince?: InputMaybe<Scalars['DateTime']['input']>;
  sort?: InputMaybe<ProductSort>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  handle?: InputMaybe<Scalars['String']['input']>;
};


export type QueryVariantArgs = {
  sku?: InputMaybe<Scalars['ID']['input']>;
  gtin?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryChannelArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCategoriesArgs = {
  parent?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The order of a list of products. Products that compare equal follow by id, so that pages never overlap. */
export type ProductSort =
  /** Cheapest list price in the channel first; products without a price last. */
  | 'PRICE_ASC'
  /** Dearest list price in the channel first; products without a price last. */
  | 'PRICE_DESC'
  /** By title, A to Z. */
  | 'TITLE_ASC'
  /** Changed last first. */
  | 'UPDATED_DESC'
  /** Best match of `search` first; without `search` the same as TITLE_ASC. */
  | 'RELEVANCE';

/** A page of products. */
export type ProductConnection = {
  /** The products of this page with their cursors. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** The products of this page. */
  readonly nodes: ReadonlyArray<Product>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
  /** What the whole list could be narrowed by, over all pages: its ten most frequent attributes, with ten values each. */
  readonly facets: ReadonlyArray<Facet>;
};

/** One product of a page. */
export type ProductEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The product. */
  readonly node: Product;
};

/** An attribute and how often each of its values occurs in a list. */
export type Facet = {
  /** The attribute's name, such as Colour. */
  readonly attribute: Scalars['String']['output'];
  /** Its most frequent values. */
  readonly values: ReadonlyArray<FacetValue>;
};

/** One value of a facet. */
export type FacetValue = {
  /** The attribute's value, such as Red. */
  readonly value: Scalars['String']['output'];
  /** How many products of the list have it. */
  readonly count: Scalars['Int']['output'];
};

/** What is described, shown and searched for. What is priced, stocked and sold are its variants. */
export type Product = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** The readable part of the product page's address; unique. */
  readonly handle: Scalars['String']['output'];
  /** The title; with `channel`, as that channel words it. */
  readonly title: Scalars['String']['output'];
  /** The description in plain text, possibly empty; with `channel`, as that channel words it. */
  readonly description: Scalars['String']['output'];
  /** Pictures and films, the main one first. Empty when the source had none. */
  readonly media: ReadonlyArray<Media>;
  /** Facts such as colour or material, in the record's order; at most 100. */
  readonly attributes: ReadonlyArray<Attribute>;
  /** The categories it stands in, by name; at most 100. */
  readonly categories: ReadonlyArray<Category>;
  /** What can be bought, in the shop's order. */
  readonly variants: ProductVariantConnection;
  /** How complete the record is, by the rules listed in `Completeness`. For: staff with `products:read` or `products:write`. */
  readonly completeness?: Maybe<Completeness>;
  /** The channels it is on sale in, by id; at most 100. */
  readonly channels: ReadonlyArray<Channel>;
  /** When the record, a list price or a listing of it changed last, in any channel. The beginning and end of a promotion is no change. */
  readonly updatedAt: Scalars['DateTime']['output'];
};


/** What is described, shown and searched for. What is priced, stocked and sold are its variants. */
export type ProductTitleArgs = {
  channel?: InputMaybe<Scalars['ID']['input']>;
};


/** What is described, shown and searched for. What is priced, stocked and sold are its variants. */
export type ProductDescriptionArgs = {
  channel?: InputMaybe<Scalars['ID']['input']>;
};


/** What is described, shown and searched for. What is priced, stocked and sold are its variants. */
export type ProductMediaArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What is described, shown and searched for. What is priced, stocked and sold are its variants. */
export type ProductVariantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** How complete records are: the parts listed in `RecordPart`, each counting the same. For: staff with `products:read` or `products:write`. */
export type Completeness = {
  /** The share of what is there, 0 to 1; for a channel the average over its listed products. */
  readonly score: Scalars['Float']['output'];
  /** How many parts are missing; for a channel: how many of its products lack something. */
  readonly incomplete: Scalars['Int']['output'];
  /** What is missing; for a channel: what any of its products lacks, the most frequent first. */
  readonly missing: ReadonlyArray<RecordPart>;
};

/** A part that a complete record of a product has. */
export type RecordPart =
  /** A title. */
  | 'TITLE'
  /** A description. */
  | 'DESCRIPTION'
  /** At least one picture or film. */
  | 'PICTURE'
  /** At least one category. */
  | 'CATEGORY'
  /** At least one attribute. */
  | 'ATTRIBUTE'
  /** At least one variant, and a GTIN for each. */
  | 'GTIN'
  /** A price in every channel it is listed in. */
  | 'PRICE';

/** A picture or a film. */
export type Media = {
  /** Where it lies. */
  readonly url: Scalars['String']['output'];
  /** What it shows, in words, for those who cannot see it. */
  readonly alt: Scalars['String']['output'];
};

/** A fact about a product. */
export type Attribute = {
  /** Its name, such as Colour. */
  readonly name: Scalars['String']['output'];
  /** Its value, such as Red. */
  readonly value: Scalars['String']['output'];
};

/** A shelf of the catalogue. */
export type Category = {
  /** A slug. */
  readonly id: Scalars['ID']['output'];
  /** What people read. */
  readonly name: Scalars['String']['output'];
  /** The category above it; null at the top. */
  readonly parent?: Maybe<Category>;
};

/** A page of variants. */
export type ProductVariantConnection = {
  /** The variants of this page with their cursors. */
  readonly edges: ReadonlyArray<ProductVariantEdge>;
  /** The variants of this page. */
  readonly nodes: ReadonlyArray<ProductVariant>;
  /** Where the page begins and ends. */
  readonly pageInfo: PageInfo;
};

/** One variant of a page. */
export type ProductVariantEdge = {
  /** Its place in the list, to pass as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The variant. */
  readonly node: ProductVariant;
};

/**
 * What is scanned, priced, stocked and sold: one size and colour of a product. Stock and orders lead here too: while the catalogue does
 * not answer, its fields are null with one error each, and the rest (a till's stock changes above all) goes on.
 */
export type ProductVariant = {
  /** The stock keeping unit; unique over all channels. */
  readonly sku: Scalars['ID']['output'];
  /** The number of its barcode; null when it has none. */
  readonly gtin?: Maybe<Scalars['ID']['output']>;
  /** The product's title with the variant's options; null only while the catalogue does not answer. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** What sets it apart from its siblings, such as Size: L. Empty for a product of one variant; null only while the catalogue does not answer. */
  readonly options?: Maybe<ReadonlyArray<SelectedOption>>;
  /** What it is a variant of; null only while the catalogue does not answer. */
  readonly product?: Maybe<Product>;
  /** What it costs in a channel now; null when it has no price there. */
  readonly price?: Maybe<VariantPrice>;
};


/**
 * What is scanned, priced, stocked and sold: one size and colour of a product. Stock and orders lead here too: while the catalogue does
 * not answer, its fields are null with one error each, and the rest (a till's stock changes above all) goes on.
 */
export type ProductVariantPriceArgs = {
  channel: Scalars['ID']['input'];
};

/** One choice that makes a variant. */
export type SelectedOption = {
  /** What is chosen, such as Size. */
  readonly name: Scalars['String']['output'];
  /** The choice, such as L. */
  readonly value: Scalars['String']['output'];
};

/** What a variant costs in a channel at this moment, and why. */
export type VariantPrice = {
  /** What the customer pays for one. */
  readonly amount: Money;
  /** The higher price it is compared with: the former price where one is recorded, else the list price when a promotion lowered it; null when there is nothing to compare. */
  readonly compareAt?: Maybe<Money>;
  /** The promotion that lowered it, the one that takes off most; null when none did. */
  readonly promotion?: Maybe<Promotion>;
  /** How the amount came about, in English words for a person: list price, promotion, rounding. */
  readonly explanation: Scalars['String']['output'];
};

/** A percentage off in one channel, for a time. */
export type Promotion = {
  /** Opaque and stable. */
  readonly id: Scalars['ID']['output'];
  /** What customers read. */
  readonly title: Scalars['String']['output'];
  /** From when on it counts. */
  readonly startsAt: Scalars['DateTime']['output'];
  /** Until when it counts. */
  readonly endsAt: Scalars['DateTime']['output'];
};

/** What a channel is. */
export type ChannelKind =
  /** A shop on the web. */
  | 'WEB'
  /** A shop in an app. */
  | 'APP'
  /** The tills of the physical shops. */
  | 'POS'
  /** A place run by others, where our goods are sold too. */
  | 'MARKETPLACE';

/** A way goods reach customers. Channel is context, never identity: the same product, another price or wording. */
export type Channel = {
  /** A short slug, such as web. */
  readonly id: Scalars['ID']['output'];
  /** What people read. */
  readonly name: Scalars['String']['output'];
  /** What kind of channel it is. */
  readonly kind: ChannelKind;
  /** The currency of its prices. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
  /** The language and region of its texts, such as en-GB. */
  readonly locale: Scalars['String']['output'];
  /** How many products are on sale in it. For: staff with `products:read` or `products:write`. */
  readonly listedProducts?: Maybe<Scalars['Int']['output']>;
  /** How complete the records of its listed products are; null when nothing is listed. For: staff with `products:read` or `products:write`. */
  readonly completeness?: Maybe<Completeness>;
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
  Product: Product;
  Category: Category;
  ProductVariant: ProductVariant;
  Promotion: Promotion;
  Channel: Channel;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product:
    ( { __typename: 'Product' }
    & ( GraphQLRecursivePick<FederationTypes['Product'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Product'], {"handle":true}> ) );
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"id":true}> );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & GraphQLRecursivePick<FederationTypes['ProductVariant'], {"sku":true}> );
  Promotion:
    ( { __typename: 'Promotion' }
    & GraphQLRecursivePick<FederationTypes['Promotion'], {"id":true}> );
  Channel:
    ( { __typename: 'Channel' }
    & GraphQLRecursivePick<FederationTypes['Channel'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ProductSort: ProductSort;
  ProductConnection: ResolverTypeWrapper<ProductConnectionParent>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  Facet: ResolverTypeWrapper<Facet>;
  FacetValue: ResolverTypeWrapper<FacetValue>;
  Product: ResolverTypeWrapper<ProductParent>;
  Completeness: ResolverTypeWrapper<Completeness>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  RecordPart: RecordPart;
  Media: ResolverTypeWrapper<Media>;
  Attribute: ResolverTypeWrapper<Attribute>;
  Category: ResolverTypeWrapper<CategoryParent>;
  ProductVariantConnection: ResolverTypeWrapper<Omit<ProductVariantConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ProductVariantEdge']>, nodes: ReadonlyArray<ResolversTypes['ProductVariant']> }>;
  ProductVariantEdge: ResolverTypeWrapper<Omit<ProductVariantEdge, 'node'> & { node: ResolversTypes['ProductVariant'] }>;
  ProductVariant: ResolverTypeWrapper<ProductVariantParent>;
  SelectedOption: ResolverTypeWrapper<SelectedOption>;
  VariantPrice: ResolverTypeWrapper<VariantPrice>;
  Promotion: ResolverTypeWrapper<Promotion>;
  ChannelKind: ChannelKind;
  Channel: ResolverTypeWrapper<ChannelParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  ProductConnection: ProductConnectionParent;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  Facet: Facet;
  FacetValue: FacetValue;
  Product: ProductParent;
  Completeness: Completeness;
  Float: Scalars['Float']['output'];
  Media: Media;
  Attribute: Attribute;
  Category: CategoryParent;
  ProductVariantConnection: Omit<ProductVariantConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ProductVariantEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ProductVariant']> };
  ProductVariantEdge: Omit<ProductVariantEdge, 'node'> & { node: ResolversParentTypes['ProductVariant'] };
  ProductVariant: ProductVariantParent;
  SelectedOption: SelectedOption;
  VariantPrice: VariantPrice;
  Promotion: Promotion | FederationReferenceTypes['Promotion'];
  Channel: ChannelParent;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
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
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, RequireFields<QueryProductsArgs, 'channel' | 'first'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, Partial<QueryProductArgs>>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, Partial<QueryVariantArgs>>;
  channels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Channel']>>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['Channel']>, ParentType, ContextType, RequireFields<QueryChannelArgs, 'id'>>;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Category']>>, ParentType, ContextType, RequireFields<QueryCategoriesArgs, 'first'>>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type FacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  attribute?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['FacetValue']>, ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  handle?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<ProductTitleArgs>>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<ProductDescriptionArgs>>;
  media?: Resolver<ReadonlyArray<ResolversTypes['Media']>, ParentType, ContextType, RequireFields<ProductMediaArgs, 'first'>>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['Attribute']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  variants?: Resolver<ResolversTypes['ProductVariantConnection'], ParentType, ContextType, RequireFields<ProductVariantsArgs, 'first'>>;
  completeness?: Resolver<Maybe<ResolversTypes['Completeness']>, ParentType, ContextType>;
  channels?: Resolver<ReadonlyArray<ResolversTypes['Channel']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CompletenessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Completeness'] = ResolversParentTypes['Completeness']> = {
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  incomplete?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['RecordPart']>, ParentType, ContextType>;
};

export type MediaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Media'] = ResolversParentTypes['Media']> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type ProductVariantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariantConnection'] = ResolversParentTypes['ProductVariantConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductVariantEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductVariantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariantEdge'] = ResolversParentTypes['ProductVariantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ProductVariant'], ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  sku?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  gtin?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SelectedOption']>>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['VariantPrice']>, ParentType, ContextType, RequireFields<ProductVariantPriceArgs, 'channel'>>;
};

export type SelectedOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SelectedOption'] = ResolversParentTypes['SelectedOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VariantPriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VariantPrice'] = ResolversParentTypes['VariantPrice']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  compareAt?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PromotionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Promotion'] = ResolversParentTypes['Promotion'], FederationReferenceType extends FederationReferenceTypes['Promotion'] = FederationReferenceTypes['Promotion']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Promotion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel'], FederationReferenceType extends FederationReferenceTypes['Channel'] = FederationReferenceTypes['Channel']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Channel']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  listedProducts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  completeness?: Resolver<Maybe<ResolversTypes['Completeness']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Completeness?: CompletenessResolvers<ContextType>;
  Media?: MediaResolvers<ContextType>;
  Attribute?: AttributeResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  ProductVariantConnection?: ProductVariantConnectionResolvers<ContextType>;
  ProductVariantEdge?: ProductVariantEdgeResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  SelectedOption?: SelectedOptionResolvers<ContextType>;
  VariantPrice?: VariantPriceResolvers<ContextType>;
  Promotion?: PromotionResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
};

