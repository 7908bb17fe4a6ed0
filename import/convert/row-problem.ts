/** Why one row cannot be taken; thrown by conversions, and caught where rows are read: the row is refused with the message. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem';
  /** What the row comes to, for the report's sums, where it has an amount. */
  readonly amountMinor: number | undefined;

  constructor(message: string, amountMinor?: number) {
    super(message);
    this.amountMinor = amountMinor;
  }
}
