import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, addManyLocations } from './shops.ts';

let inventory: OpenInventory;

beforeAll(async () => {
  inventory = await openInventory();
  await addManyLocations(inventory.db, 250);
  await addLocation(inventory.db, 'warehouse-1', { kind: 'WAREHOUSE', hours: '[]', region: 'Greater London' });
  await addLocation(inventory.db, 'camden', {
    address_lines: ['1 Camden High Street', 'Floor 2'],
    hours: JSON.stringify([
      { day: 7, opens: '11:00', closes: '17:00' },
      { day: 1, opens: '10:00', closes: '21:30' },
    ]),
  });
});
afterAll(() => inventory.close());

const page = `query ($near: GeoPointInput, $kind: LocationKind, $first: Int, $after: String) {
  locations(near: $near, kind: $kind, first: $first, after: $after) {
    edges { cursor distanceKm node { id name kind } } nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function walk(variables: Record<string, unknown>, first: number) {
  const edges: { distanceKm: number | null; node: { id: string; name: string } }[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await inventory.ask(page, { ...variables, first, after });
    expect(errors).toBeUndefined();
    edges.push(...data.locations.edges);
    after = data.locations.pageInfo.hasNextPage ? data.locations.pageInfo.endCursor : null;
  } while (after !== null);
  return edges;
}

describe('locations', () => {
  it('come by name, each once, whatever the page size', async () => {
    const ids = (await walk({}, 100)).map((edge) => edge.node.id);
    expect(new Set(ids).size).toBe(252);
    expect((await walk({}, 33)).map((edge) => edge.node.id)).toEqual(ids);
  });

  it('come nearest first from anywhere on the globe, each once', async () => {
    const point = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(point, fc.integer({ min: 20, max: 100 }), async (near, first) => {
        const edges = await walk({ near }, first);
        expect(new Set(edges.map((edge) => edge.node.id)).size).toBe(252);
        const distances = edges.map((edge) => edge.distanceKm ?? -1);
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
      }),
      { numRuns: 8 },
    );
  });

  it('know the distance from London to Paris', async () => {
    const { data } = await inventory.ask(page, { near: { latitude: 48.8566, longitude: 2.3522 }, kind: 'WAREHOUSE' });
    expect(data.locations.edges).toHaveLength(1);
    expect(data.locations.edges[0].distanceKm).toBeGreaterThan(335);
    expect(data.locations.edges[0].distanceKm).toBeLessThan(350);
  });

  it('find the nearest by index, also among many', async () => {
    const { data } = await inventory.ask(page, { near: { latitude: 51.5, longitude: -0.1 }, first: 1 });
    expect(data.locations.nodes).toEqual([{ id: 'camden' }]);
    const plan = await explainNearest();
    expect(plan).toContain('location_place_idx');
  });

  it('are found by id, and show what stands in their row', async () => {
    const { data } = await inventory.ask(
      `{ location(id: "camden") { id name kind timeZone coordinatesDoubt openNow coordinates { latitude longitude }
         address { lines city region postalCode countryCode } hours { day opens closes } } none: location(id: "nowhere") { id }
         bad: location(id: "a\\u0000") { id } closed: location(id: "warehouse-1") { openNow hours { day } } }`,
    );
    expect(data.location).toMatchObject({
      address: { lines: ['1 Camden High Street', 'Floor 2'], city: 'London', region: null, countryCode: 'GB' },
      coordinates: { latitude: 51.5, longitude: -0.1 },
      hours: [
        { day: 1, opens: '10:00', closes: '21:30' },
        { day: 7, opens: '11:00', closes: '17:00' },
      ],
    });
    expect(data.none).toBeNull();
    expect(data.bad).toBeNull();
    expect(data.closed).toEqual({ openNow: null, hours: [] });
  });

  it.each([
    ['a page of none', { first: 0 }],
    ['a page of 101', { first: 101 }],
    ['a cursor that nobody wrote', { after: 'nonsense' }],
    ['a point off the globe', { near: { latitude: 91, longitude: 0 } }],
    ['a cursor that holds a NUL', { after: Buffer.from('["locations","a\\u0000","b"]').toString('base64url') }],
  ])('refuse %s', async (_name, variables) => {
    const { code } = await inventory.ask(page, variables);
    expect(code).toBe('BAD_USER_INPUT');
  });

  it('refuse a cursor of another place', async () => {
    const { data } = await inventory.ask(page, { near: { latitude: 1, longitude: 1 }, first: 2 });
    const after = data.locations.pageInfo.endCursor;
    const elsewhere = await inventory.ask(page, { near: { latitude: 2, longitude: 1 }, after });
    expect(elsewhere.code).toBe('BAD_USER_INPUT');
  });

  it('resolve any number of references in one statement', async () => {
    const ids = Array.from({ length: 100 }, (_, i) => `shop-${i + 1}`);
    inventory.statements.length = 0;
    const { data } = await inventory.ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Location { id name } } }',
      { representations: [...ids, 'nowhere'].map((id) => ({ __typename: 'Location', id })) },
    );
    expect(data._entities.slice(0, 100).map((entity: { id: string }) => entity.id)).toEqual(ids);
    expect(data._entities[100]).toBeNull();
    expect(inventory.statements).toHaveLength(1);
  });
});

async function explainNearest(): Promise<string> {
  return inventory.db.connection().execute(async (db) => {
    await sql`set enable_seqscan = off`.execute(db);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from location
      order by ll_to_earth(latitude, longitude) <-> ll_to_earth(51.5, -0.1), id limit 3`.execute(db);
    await sql`reset enable_seqscan`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}
