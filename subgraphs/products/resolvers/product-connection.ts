import { countFacets } from '../product-list/count-facets.ts';
import type { ProductConnectionResolvers } from '../resolver-types.generated.ts';

export const productConnectionResolvers = {
  facets: ({ filter }, _args, reader) => countFacets(reader, filter),
} satisfies ProductConnectionResolvers;
