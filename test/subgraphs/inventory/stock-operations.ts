import { randomUUID } from 'node:crypto';
import type { OpenInventory } from './open-inventory.ts';

type Ask = OpenInventory['ask'];

/** Goods come in, through the ledger as ever. */
export async function receive(ask: Ask, location: string, sku: string, quantity: number): Promise<void> {
  const { data } = await ask(
    `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { message } } }`,
    {
      input: {
        location,
        sku,
        delta: quantity,
        reason: 'RECEIVED',
        reference: 'delivery',
        idempotencyKey: randomUUID(),
      },
    },
  );
  if (data.adjustStock.userErrors.length > 0) throw new Error(data.adjustStock.userErrors[0].message);
}

const errorFields = `userErrors { code message path ... on InsufficientStock { sku availableToSell alternatives { kind location { id } availableToSell } }
  ... on HoldNotActive { state } ... on VersionConflict { currentVersion } }`;
const transfer =
  'transfer { id from { id } to { id } closedAt lines { variant { sku } sent received damaged discrepancy } } replayed';
const holdFields = `hold { id state expiresAt createdAt lines { quantity variant { sku } location { id } } } replayed ${errorFields}`;

/** The mutations of stock, with a new key unless one is given; each gives its payload. */
export function stockOperations(ask: Ask) {
  const run = (field: string, type: string, fields: string) => async (input: Record<string, unknown>) => {
    const { data, errors } = await ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} } }`, {
      input: { idempotencyKey: randomUUID(), ...input },
    });
    if (errors !== undefined) throw new Error(`${errors[0]?.extensions?.code}: ${errors[0]?.message}`);
    return data[field];
  };
  const hold = run('holdStock', 'HoldStockInput', holdFields);
  const level = 'onHand unavailable allocated held incoming safetyStock sellable shortfall version';
  return {
    hold: (input: Record<string, unknown>) => hold({ owner: { note: 'test' }, minutes: 10, ...input }),
    extend: run('extendHold', 'ExtendHoldInput', holdFields),
    release: run('releaseHold', 'ReleaseHoldInput', holdFields),
    commit: run('commitHold', 'CommitHoldInput', holdFields),
    adjust: run('adjustStock', 'AdjustStockInput', `level { ${level} } replayed ${errorFields}`),
    count: run(
      'recordStockCount',
      'RecordStockCountInput',
      `results { sku expected counted variance level { ${level} } } replayed ${errorFields}`,
    ),
    sell: run(
      'recordStockSale',
      'RecordStockSaleInput',
      `levels { ${level} } shortfalls { sku quantity } replayed ${errorFields}`,
    ),
    setAll: run(
      'setStockLevels',
      'SetStockLevelsInput',
      `results { sku locationId outcome value } replayed ${errorFields}`,
    ),
    adjustAll: run(
      'adjustStockLevels',
      'AdjustStockLevelsInput',
      `results { sku locationId outcome value } replayed ${errorFields}`,
    ),
    send: run('sendStockTransfer', 'SendStockTransferInput', `${transfer} ${errorFields}`),
    receive: run('receiveStockTransfer', 'ReceiveStockTransferInput', `${transfer} ${errorFields}`),
    settle: run('settleAllocation', 'SettleAllocationInput', `levels { ${level} } replayed ${errorFields}`),
    takeBack: run('recordStockReturn', 'RecordStockReturnInput', `levels { ${level} } replayed ${errorFields}`),
    level: async (location: string, sku: string) => {
      const { data } = await ask(
        `query ($r: [_Any!]!, $location: ID!) { _entities(representations: $r) { ... on ProductVariant { stockLevel(location: $location) { ${level}
           movements(last: 100) { nodes { kind quantity onHandAfter allocatedAfter heldAfter actor cause { kind id } occurredAt } } } } } }`,
        { r: [{ __typename: 'ProductVariant', sku }], location },
      );
      return data._entities[0].stockLevel;
    },
  };
}

/** The audit made now, not one that was kept. */
export async function auditNow(inventory: OpenInventory) {
  await inventory.db.deleteFrom('stock_audit').execute();
  const { data } = await inventory.ask(
    '{ stockAudit { checkedLevels ledgerMismatches oversold unbalancedHolds differences { sku problem expected actual location { id } } } }',
  );
  return data.stockAudit;
}

/** What an audit says when everything agrees. */
export const clean = { ledgerMismatches: 0, oversold: 0, unbalancedHolds: 0, differences: [] };
