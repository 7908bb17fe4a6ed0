import { compileCondition, compileField, compileRefusals } from '../mapping/compile-field.ts';
import type { Mapping, OrdersMapping } from '../mapping/mapping.ts';
import type { Row } from '../read/row.ts';
import type { FulfillmentRecord, IdentityRecord } from '../records.ts';
import { compileTitle } from './compile-product.ts';
import { getCurrencyExponent, readAmount } from './read-amount.ts';
import { createTimeReader } from './read-placed-at.ts';
import { checkText, readInteger, readSku, requireText } from './read-text.ts';
import { RowProblem } from './row-problem.ts';

/** One line of an order or of a credit note, as a row says it. */
export interface OrderLineRow {
  readonly line: number;
  readonly isReturn: boolean;
  readonly reference: string;
  readonly at: Date;
  readonly identity: IdentityRecord | null;
  readonly email: string | null;
  readonly countryCode: string | null;
  readonly channelId: string;
  readonly currencyCode: string;
  readonly sku: string;
  /** Empty when the row has no proper title. */
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly fulfillment: FulfillmentRecord;
}

/** What a row's order is checked against; both throw RowProblem for what does not exist. */
export interface OrderPlaces {
  /** The channel of an order, by its reference and by what its row says. */
  channelOf(reference: string, said: string): { readonly id: string; readonly currencyCode: string };
  checkLocation(locationId: string): void;
}

/** Makes the reader of an order's row. The reader throws RowProblem when the row is refused. */
export function compileOrderLine(
  mapping: Mapping & { readonly orders: OrdersMapping },
  places: OrderPlaces,
): (row: Row) => OrderLineRow {
  const { orders } = mapping;
  const exponent = mapping.currency === undefined ? 2 : getCurrencyExponent(mapping.currency);
  const findRefusal = compileRefusals(orders.refuse);
  const readReference = compileField(orders.reference);
  const readAt = compileField(orders.placedAt);
  const toTime = createTimeReader(orders.placedAtFormat, orders.timeZone);
  const readIdentity = compileIdentity(mapping);
  const readEmail = compileField(orders.email);
  const readCountry = compileField(orders.country);
  const readChannel = compileField(mapping.channel);
  const readSkuText = compileField(orders.sku);
  const readTitle = compileTitle({
    title: orders.title ?? { value: '' },
    notTitles: mapping.products?.notTitles ?? '^$',
  });
  const readQuantity = compileField(orders.quantity);
  const readUnitPrice = compileField(orders.unitPrice);
  const isReturn = orders.returns === undefined ? () => false : compileCondition(orders.returns.when);
  const readFulfillment = compileFulfillment(orders);
  return (row) => {
    const refusal = findRefusal(row);
    if (refusal !== undefined) throw new RowProblem(refusal, moneyOn(readQuantity(row), readUnitPrice(row), exponent));
    const isCredit = isReturn(row);
    const quantity = readQuantity(row);
    const reference = requireText(readReference(row), 'reference', 100);
    const email = checkText(readEmail(row), 'e-mail', 254).toLowerCase();
    const countryCode = readCountry(row);
    const channel = places.channelOf(reference, readChannel(row));
    const currencyCode = mapping.currency ?? channel.currencyCode;
    if (currencyCode !== channel.currencyCode)
      throw new RowProblem(`currency: the channel sells in ${channel.currencyCode}`);
    const fulfillment = readFulfillment(row);
    places.checkLocation(fulfillment.locationId);
    return {
      line: row.line,
      isReturn: isCredit,
      reference,
      at: toTime(readAt(row)),
      identity: readIdentity(row),
      email: email === '' ? null : email,
      countryCode: /^[A-Z]{2}$/.test(countryCode) ? countryCode : null,
      channelId: channel.id,
      currencyCode,
      sku: readSku(readSkuText(row)),
      title: readTitle(row),
      quantity: readInteger(isCredit ? quantity.replace(/^-/, '') : quantity, 'quantity', 1),
      unitPriceMinor: readAmount(readUnitPrice(row), currencyCode, getCurrencyExponent(currencyCode)),
      fulfillment,
    };
  };
}

function compileIdentity({
  orders,
  source,
}: Mapping & { readonly orders: OrdersMapping }): (row: Row) => IdentityRecord | null {
  const readId = compileField(orders.customer?.externalId);
  const readEmail = compileField(orders.email);
  const readCountry = compileField(orders.country);
  const displayName = orders.customer?.displayName ?? 'Customer {id}';
  return (row) => {
    const country = readCountry(row);
    const countryCode = /^[A-Z]{2}$/.test(country) ? country : null;
    const id = checkText(readId(row), 'customer', 200);
    if (id !== '')
      return { kind: 'EXTERNAL_ID', value: id, source, displayName: displayName.replace('{id}', id), countryCode };
    const email = checkText(readEmail(row), 'e-mail', 254).toLowerCase();
    if (email === '') return null;
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new RowProblem('e-mail: not an address');
    return { kind: 'EMAIL', value: email, source, displayName: 'Customer', countryCode };
  };
}

function compileFulfillment(orders: OrdersMapping): (row: Row) => FulfillmentRecord {
  const readLocation = compileField(orders.location);
  const readMethod = compileField(orders.method);
  const readStatus = compileField(orders.status);
  const readSince = compileField(orders.statusAt);
  const toTime = createTimeReader(orders.placedAtFormat, orders.timeZone);
  return (row) => {
    const name = readMethod(row);
    if (name !== 'SHIPPING' && name !== 'PICKUP' && name !== 'IN_STORE') {
      throw new RowProblem('method: none of SHIPPING, PICKUP, IN_STORE');
    }
    const status = readStatus(row) || 'FULFILLED';
    if (status !== 'PLACED' && status !== 'FULFILLED' && status !== 'CANCELLED') {
      throw new RowProblem('status: none of PLACED, FULFILLED, CANCELLED');
    }
    const since = readSince(row);
    return {
      locationId: requireText(readLocation(row), 'location', 63),
      method: name,
      status,
      since: since === '' ? null : toTime(since),
    };
  };
}

/** What a refused row comes to, for the report's sums only: undefined when it holds no such numbers. */
function moneyOn(quantity: string, unitPrice: string, exponent: number): number | undefined {
  const amount = quantity === '' || unitPrice === '' ? Number.NaN : Number(quantity) * Number(unitPrice);
  return Number.isFinite(amount) ? Math.round(amount * 10 ** exponent) : undefined;
}
