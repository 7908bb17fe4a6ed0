/** Fulfilment orders, fulfilments or returns that are shown of one order; a real order has one to three. */
export const maxPartsOfOrder = 100;

/** Lines that are shown of one of them. The longest order of the sample data's source has about a thousand. */
export const maxLinesOfPart = 500;
