import type { Generated, GeneratedAlways } from 'kysely';
import type { ChangeFeedDatabase } from '../change-feed/tables.ts';

export interface CustomerTable {
  id: Generated<string>;
  display_name: string;
  country_code: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  merged_into: string | null;
}

export interface CustomerIdentityTable {
  customer_id: string;
  kind: 'EMAIL' | 'PHONE' | 'LOYALTY_CARD' | 'EXTERNAL_ID';
  value: string;
  source: string;
  verified: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface InteractionTable {
  id: GeneratedAlways<number>;
  customer_id: string;
  channel_id: string;
  kind: 'ORDERED' | 'RETURNED';
  reference: string;
  summary: string;
  occurred_at: Date;
}

/** The tables that customers owns. */
export interface CustomersDatabase extends ChangeFeedDatabase {
  customer: CustomerTable;
  customer_identity: CustomerIdentityTable;
  interaction: InteractionTable;
}
