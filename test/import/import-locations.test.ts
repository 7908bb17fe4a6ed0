import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenImport, openImport } from './open-import.ts';

let files: OpenImport;
beforeAll(async () => {
  files = await openImport();
});
afterAll(() => files.close());
beforeEach(() => files.clear());

/** Shops in the form of Best Buy's open data, made up. */
function shop(id: number, change: object = {}): string {
  return JSON.stringify({
    id,
    type: 'BigBox',
    name: `Shop ${id}`,
    address: `${id} Main St`,
    address2: '',
    city: 'Edina',
    state: 'MN',
    zip: '55435',
    location: { lat: 44.88 + id / 1000, lon: -93.33 },
    hours: 'Mon: 10-9; Tue: 10-9; Sun: 11-6',
    services: [],
    ...change,
  });
}

const find = (id: string) => files.database.query(`select * from inventory.location where id = $1`, [id]);

test('a shop with its address, hours and time zone; a zip gets its lost zero back', async () => {
  const boston = {
    zip: '2128',
    state: 'MA',
    city: 'Boston',
    location: { lat: 42.36, lon: -71.02 },
    type: 'Express',
    address2: 'Terminal B',
  };
  const { report } = await files.run('locations', [shop(1), shop(2, boston)].join('\n'));
  expect(report.mapping).toBe('bestbuy-stores');
  expect(report.records).toEqual({ locations: { created: 2, changed: 0, unchanged: 0, refused: 0 } });
  expect(await find('bestbuy-1')).toMatchObject([
    {
      kind: 'STORE',
      address_lines: ['1 Main St'],
      postal_code: '55435',
      time_zone: 'America/Chicago',
      coordinates_doubt: null,
    },
  ]);
  expect(await find('bestbuy-2')).toMatchObject([
    {
      address_lines: ['2 Main St', 'Terminal B'],
      postal_code: '02128',
      time_zone: 'America/New_York',
      coordinates_doubt: null,
      hours: [
        { day: 1, opens: '10:00', closes: '21:00' },
        { day: 2, opens: '10:00', closes: '21:00' },
        { day: 7, opens: '11:00', closes: '18:00' },
      ],
    },
  ]);
});

test('coordinates far from the postal code are flagged, and the clock is that of the postal code', async () => {
  const astray = { location: { lat: 44.88, lon: -73.33 } }; // ten thousand doors east
  await files.run('locations', shop(1, astray));
  expect(await find('bestbuy-1')).toMatchObject([
    {
      time_zone: 'America/Chicago',
      coordinates_doubt: expect.stringMatching(/^1\d{3} km from the middle of the postal area 554/),
    },
  ]);
});

test('a file of postal codes checks code by code, where the area would let it pass', async () => {
  const postalFile = join(files.folder, 'postal.csv');
  await writeFile(postalFile, 'country_code,zipcode,latitude,longitude\nUS,99701,64.84,-147.72\n');
  const fairbanks = { zip: '99701', state: 'AK', location: { lat: 65.5, lon: -147.72 } };
  await files.run('locations', shop(1, fairbanks));
  expect(await find('bestbuy-1')).toMatchObject([{ coordinates_doubt: null }]);
  const { report } = await files.run('locations', shop(1, fairbanks), { postalFile });
  expect(report.records).toEqual({ locations: { created: 0, changed: 1, unchanged: 0, refused: 0 } });
  expect(await find('bestbuy-1')).toMatchObject([{ coordinates_doubt: '73 km from postal code 99701' }]);
});

test('shops that share coordinates are flagged, all of them, and a second run changes nothing', async () => {
  const same = { location: { lat: 44.88, lon: -93.22 } };
  const text = [shop(1, same), shop(2), shop(3, same), shop(4, same)].join('\n');
  await files.run('locations', text);
  const doubts = await files.database.query(
    `select id, coordinates_doubt from inventory.location where source = 'bestbuy' order by id`,
  );
  expect(doubts).toEqual([
    { id: 'bestbuy-1', coordinates_doubt: 'the same coordinates as 2 others of its source' },
    { id: 'bestbuy-2', coordinates_doubt: null },
    { id: 'bestbuy-3', coordinates_doubt: 'the same coordinates as 2 others of its source' },
    { id: 'bestbuy-4', coordinates_doubt: 'the same coordinates as 2 others of its source' },
  ]);
  const again = await files.run('locations', text);
  expect(again.report.records).toEqual({ locations: { created: 0, changed: 0, unchanged: 4, refused: 0 } });
});

test('what is no place is refused, with the reason', async () => {
  const text = [
    shop(1, { location: { lat: 444.8, lon: -93 } }),
    shop(2, { location: null }),
    shop(3, { hours: 'Mon: whenever' }),
    shop(4, { type: 'Kiosk' }),
    shop(5, { zip: '' }),
    shop(6),
  ].join('\n');
  const { report, lines } = await files.run('locations', text);
  expect(report.rows).toEqual({ read: 6, taken: 1, merged: 0, refused: 5 });
  expect(lines.map(({ reason }) => reason)).toEqual([
    'latitude: not a number from -90 to 90',
    'latitude: not a number from -90 to 90',
    'opening hours: not readable',
    'kind: neither STORE nor WAREHOUSE',
    'postal code: missing',
  ]);
});

test('our plain form, and an id that another source has', async () => {
  const head = 'id,name,kind,address,city,postal_code,country_code,latitude,longitude,hours,time_zone';
  const rows = [
    'berlin,Berlin,STORE,Allee 1,Berlin,10115,DE,52.53,13.38,Mon 09:00-20:00; Sat 10:00-18:00,',
    'warehouse-coventry,Stolen,WAREHOUSE,Road 1,Coventry,CV3,GB,52.39,-1.48,,',
    'mars,Mars,STORE,Crater 1,Olympus,1,XX,0,0,,Mars/Olympus',
  ];
  const { lines } = await files.run('locations', [head, ...rows].join('\n'));
  expect(lines.map(({ line, reason }) => [line, reason]).sort()).toEqual([
    [3, 'id: another location has it'],
    [4, 'time zone: unknown'],
  ]);
  expect(await find('berlin')).toMatchObject([
    { time_zone: 'Europe/Berlin', hours: [{ day: 1, opens: '09:00', closes: '20:00' }, { day: 6 }] },
  ]);
});
