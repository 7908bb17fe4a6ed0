/** What is read of a channel's row. */
export const channelColumns = ['id', 'name', 'kind', 'currency_code as currencyCode', 'locale'] as const;
