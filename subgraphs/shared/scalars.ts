import { GraphQLScalarType } from 'graphql';
import { GraphQLCurrency, GraphQLDateTimeISO } from 'graphql-scalars';
import { userInputError } from './public-error.ts';

/** An instant; resolvers give and get a JavaScript Date. */
export const dateTimeScalar = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });

/** An ISO 4217 code. */
export const currencyCodeScalar = new GraphQLScalarType({ ...GraphQLCurrency.toConfig(), name: 'CurrencyCode' });

const decimalPattern = /^-?(0|[1-9]\d{0,17})(\.\d{1,6})?$/;

/** A decimal number that stays text from end to end. */
export const decimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: readDecimal,
  parseValue: readDecimal,
});

function readDecimal(value: unknown): string {
  if (typeof value === 'string' && decimalPattern.test(value)) return value;
  throw userInputError('A Decimal is a string such as "12.50".');
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** A day as text; days that no calendar has are refused. */
export const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  serialize: readDate,
  parseValue: readDate,
});

function readDate(value: unknown): string {
  if (typeof value === 'string' && datePattern.test(value)) {
    const day = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)) return value;
  }
  throw userInputError('A Date is a day such as "2011-08-31".');
}
