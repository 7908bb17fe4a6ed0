import { sql } from 'kysely';
import type { Reader } from '../reader.ts';
import { filteredProducts } from './filtered-products.ts';
import type { ProductFilter } from './product-filter.ts';

export interface Facet {
  readonly attribute: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

const maxAttributes = 10;
const maxValues = 10;

/** How often each attribute and value occurs over a whole list, the most frequent first; ties by name. */
export async function countFacets({ db, signal }: Reader, filter: ProductFilter): Promise<Facet[]> {
  const { tables, from, where } = filteredProducts(filter);
  const query = sql<{ attribute: string; value: string; count: number }>`
    ${tables}
    select attribute, value, count from (
      select *, dense_rank() over (order by total desc, attribute) as attribute_place from (
        select a.name as attribute, a.value, count(*) as count,
               sum(count(*)) over (partition by a.name) as total,
               row_number() over (partition by a.name order by count(*) desc, a.value) as value_place
          from ${from} join product_attribute a on a.product_id = p.id
         where ${where}
         group by a.name, a.value) as counted
      ) as ranked
     where attribute_place <= ${maxAttributes} and value_place <= ${maxValues}
     order by attribute_place, value_place`;
  const { rows } = await query.execute(db, { signal });
  const groups = Map.groupBy(rows, (row) => row.attribute);
  return [...groups].map(([attribute, values]) => ({
    attribute,
    values: values.map(({ value, count }) => ({ value, count })),
  }));
}
