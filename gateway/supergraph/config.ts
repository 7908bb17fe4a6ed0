/**
 * @apollo/gateway sends usage data to its maker unless this variable stands before it is loaded. Import this file first,
 * wherever the package is imported: a gateway talks to its subgraphs and to nobody else.
 */
process.env.APOLLO_TELEMETRY_DISABLED = '1';
