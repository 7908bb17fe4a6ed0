import type {
  IdentityRecord,
  InteractionRecord,
  LocationRecord,
  OrderRecord,
  ProductRecord,
  ReturnRecord,
  StockRecord,
} from './records.ts';

/*
 * Who takes records: one taker for each owner of data. They are handed in, so that this folder knows no SQL and no subgraph.
 * A batch is one transaction; taking the same batch again changes nothing and answers `unchanged`. Answers come in the order of the batch.
 */

/** What became of one record. */
export type Outcome =
  | { readonly kind: 'created' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/** A channel, as far as an import must know it. */
export interface ChannelFact {
  readonly id: string;
  readonly currencyCode: string;
}

/** What became of an order, and as what it is kept; null when refused. It keeps its channel when it was brought in for another before. */
export interface TakenOrder {
  readonly outcome: Outcome;
  readonly kept: { readonly orderId: string; readonly channelId: string } | null;
}

/** What became of a credit note: an outcome for each of its lines, and the returns it is kept as, one for each order it touches. */
export interface TakenReturn {
  readonly lines: readonly Outcome[];
  readonly returns: readonly {
    readonly returnId: string;
    readonly channelId: string;
    readonly quantity: number;
    readonly refundMinor: number;
  }[];
}

/** The customer that an identity leads to. */
export interface ResolvedIdentity {
  readonly customerId: string;
  readonly isNew: boolean;
}

/** One taker for each owner of data. */
export interface Takers {
  readonly products: {
    listChannels(): Promise<readonly ChannelFact[]>;
    /** Those of `skus` that no product has. */
    findUnknownSkus(skus: readonly string[]): Promise<readonly string[]>;
    takeProducts(batch: readonly ProductRecord[]): Promise<readonly Outcome[]>;
  };
  readonly inventory: {
    listLocationIds(): Promise<readonly string[]>;
    takeLocations(batch: readonly LocationRecord[]): Promise<readonly Outcome[]>;
    /** `cause`: what the movements are recorded under, such as the name of the file. */
    takeStock(batch: readonly StockRecord[], cause: string): Promise<readonly Outcome[]>;
  };
  readonly orders: {
    takeOrders(batch: readonly OrderRecord[]): Promise<readonly TakenOrder[]>;
    takeReturns(batch: readonly ReturnRecord[]): Promise<readonly TakenReturn[]>;
  };
  readonly customers: {
    /** Null for an identity that nobody has. */
    findCustomers(batch: readonly IdentityRecord[]): Promise<readonly (string | null)[]>;
    /** Finds customers, and makes those that are missing. */
    resolveCustomers(batch: readonly IdentityRecord[]): Promise<readonly ResolvedIdentity[]>;
    recordInteractions(batch: readonly InteractionRecord[]): Promise<void>;
  };
}
