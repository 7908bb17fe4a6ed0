import type { ColumnType, Generated } from 'kysely';

export interface CredentialTable {
  prefix: string;
  hash: Buffer;
  kind: string;
  holder: string;
  scopes: readonly string[];
  /** Written as JSON text. */
  attributes: ColumnType<Readonly<Record<string, string>>, string, string>;
  note: Generated<string>;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: Date | null;
  revision: Generated<number>;
}

export interface BudgetTable {
  key: string;
  spent: ColumnType<string, number, string>;
  ends_at: Date;
}

/** The tables that the gateway owns. */
export interface GatewayDatabase {
  credential: CredentialTable;
  budget: BudgetTable;
}
