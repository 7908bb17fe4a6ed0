/**
 * A barcode's number as GTIN-14, the form that all are compared in: EAN-8, UPC-A and EAN-13 are GTIN-14s with zeros in
 * front, and spreadsheets lose those. Undefined for what is no such number; the check digit is not looked at.
 */
export function toGtin14(code: string): string | undefined {
  return /^\d{1,14}$/.test(code) ? code.padStart(14, '0') : undefined;
}
