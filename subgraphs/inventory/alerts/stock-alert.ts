import type { Selectable } from 'kysely';
import type { StockAlertTable, StockPromiseColumn } from '../../../db/tables/inventory.ts';

/** Topic of the change rows of alerts; their scope is alertScopeText. */
export const alertTopic = 'alert';

/** Whose number it is: a location's own, or what a channel can sell. */
export interface AlertScope {
  readonly kind: StockAlertTable['scope_kind'];
  readonly id: string;
}

/** A number that is watched. */
export interface AlertSubject {
  readonly scope: AlertScope;
  readonly sku: string;
}

/** An alert as it is at one of its versions. */
export interface StockAlert extends AlertSubject {
  readonly id: string;
  readonly kind: StockAlertTable['kind'];
  readonly quantity: number;
  readonly threshold: number | null;
  readonly promises: readonly StockPromiseColumn[];
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** The number of the feed that made it so. */
  readonly sequence: number;
  readonly version: number;
}

export function alertScopeText({ kind, id }: AlertScope): string {
  return `${kind}/${id}`;
}

export function alertSubjectText({ scope, sku }: AlertSubject): string {
  return JSON.stringify([scope.kind, scope.id, sku]);
}

export function toAlert(row: Selectable<StockAlertTable>): StockAlert {
  return {
    id: row.id,
    kind: row.kind,
    scope: { kind: row.scope_kind, id: row.scope_id },
    sku: row.sku,
    quantity: row.quantity,
    threshold: row.threshold,
    promises: row.promises,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    sequence: row.sequence,
    version: row.version,
  };
}

/** An alert from the payload of its change row, where instants are text. */
export function readAlertChange(payload: unknown): StockAlert {
  const told = payload as Omit<StockAlert, 'openedAt' | 'closedAt'> & { openedAt: string; closedAt: string | null };
  return {
    ...told,
    openedAt: new Date(told.openedAt),
    closedAt: told.closedAt === null ? null : new Date(told.closedAt),
  };
}
