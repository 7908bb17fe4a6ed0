import type { ReturnLineResolvers } from '../resolver-types.generated.ts';

export const returnLineResolvers = {
  variant: (line) => ({ sku: line.sku }),
} satisfies ReturnLineResolvers;
