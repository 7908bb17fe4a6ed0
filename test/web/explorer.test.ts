import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../web/build.ts';
import { documentedOperations } from '../e2e/documented-operations.ts';
import { startOneProcess } from '../e2e/forms.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { waitUntil } from '../support/wait-until.ts';
import { hasBrowser, openBrowser, openPage } from './open-browser.ts';

if (!hasBrowser) console.warn('The explorer is not tested: there is no /usr/bin/chromium (apt-get install chromium).');

const wide = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(!hasBrowser)('the explorer', () => {
  let database: TestDatabase;
  let product: Awaited<ReturnType<typeof startOneProcess>>;
  let browser: Browser;
  let explorerUrl: string;

  beforeAll(async () => {
    [database, browser] = await Promise.all([createTestDatabase(), openBrowser(), buildPages()]);
    product = await startOneProcess(database.url);
    await addOrder(database);
    explorerUrl = new URL('/explorer', product.graphqlUrl).href;
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await database?.close();
  });

  it('opens an example, runs it with variables and shows the answer, and asks nobody else for anything', async () => {
    const { page, faults } = await openPage(browser, explorerUrl, wide);
    await page.getByRole('button', { name: 'Order status' }).click();
    await page.getByRole('tab', { name: 'OrderStatus' }).waitFor();
    await writeIn(page, 'Variables', '{ "number": "EXPLORER-1", "email": "explorer@example.com" ');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response').getByText('"EXPLORER-1"').waitFor();
    await page.locator('.graphiql-response').getByText('"Put on the shelf."').waitFor();

    // The editor knows the graph: its worker has the schema, and comes from our own origin.
    await waitUntil('the three workers run', () => page.workers().length === 3);
    for (const worker of page.workers()) expect(new URL(worker.url()).origin).toBe(new URL(explorerUrl).origin);
    await page.getByRole('button', { name: 'New tab' }).click();
    await writeIn(page, 'Operation Editor', '{ noSuchField ');
    await page.locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('F8');
    await page.getByText('Cannot query field "noSuchField" on type "Query".').first().waitFor();

    expect(faults).toEqual([]);
    await page.context().close();
  });

  describe('a first visit', () => {
    let page: Page;
    let faults: readonly string[];
    beforeAll(async () => {
      ({ page, faults } = await openPage(browser, explorerUrl, wide));
    }, 60_000);
    afterAll(async () => {
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('shows a first visitor an example with the variables it needs', async () => {
      const variables = page.locator('.monaco-editor').nth(1);
      await waitUntil('the variables stand there', async () =>
        /"channel": "web"/.test((await variables.innerText()).replace(/\u00a0/g, ' ')),
      );
    });

    it('tells assistive technology what each button does, and has a title', async () => {
      expect(await page.title()).toBe('Oneshelf explorer');
      expect(await page.getByRole('button').count()).toBeGreaterThan(15);
      expect(await page.getByRole('button', { name: /^\s*$/ }).count()).toBe(0);
    });

    it('is dark for people who like it dark', async () => {
      const brightness = async (colorScheme: 'dark' | 'light') => {
        await page.emulateMedia({ colorScheme });
        const color = await page.evaluate(
          `getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor`,
        );
        const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(String(color));
        if (channels === null) throw new Error(`No colour: ${color}`);
        return Math.max(...channels.slice(1).map(Number));
      };
      expect(await brightness('dark')).toBeLessThan(80);
      expect(await brightness('light')).toBeGreaterThan(200);
    });

    it('lists every documented operation by who uses it, and opens each once', async () => {
      const list = page.getByRole('navigation', { name: 'Documented operations' });
      expect(await list.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(
        ['storefront', 'till', 'partner', 'staff'].map((audience) => audience.toUpperCase()),
      );
      // A tab is called after the document's first operation.
      const nameByEntry = new Map(
        documentedOperations()
          .map(({ file, name }) => [toEntry(file), name] as const)
          .toReversed(),
      );
      expect((await list.getByRole('button').allInnerTexts()).toSorted()).toEqual([...nameByEntry.keys()].toSorted());
      const entries = [...nameByEntry];
      for (const [entry, name] of [...entries, ...entries.slice(0, 2)]) {
        await list.getByRole('button', { name: entry, exact: true }).click();
        await page.getByRole('tab', { name, selected: true }).waitFor();
        expect(await list.locator('[aria-current]').innerText()).toBe(entry);
      }
      expect(await page.getByRole('tab').count()).toBe(nameByEntry.size);
    });

    it('picks for a documented operation whom it is for', async () => {
      const list = page.getByRole('navigation', { name: 'Documented operations' });
      for (const [entry, who] of [
        ['Scorecard', 'staff'],
        ['Scan', 'till'],
        ['Catalogue feed', 'partner'],
        ['Product list', 'nobody'],
      ] as const) {
        await list.getByRole('button', { name: entry, exact: true }).click();
        expect(await page.getByLabel('Asking as').inputValue()).toBe(who);
      }
      expect(await list.getByText('Asked as partner.').count()).toBe(1);
    });
  });

  it('asks as whom one chooses: operations, schema and subscriptions', { timeout: 120_000 }, async () => {
    const { page, faults } = await openPage(browser, explorerUrl, wide);
    const who = page.getByLabel('Asking as');
    expect(await who.locator('option').allInnerTexts()).toEqual([
      ...['nobody', 'customer', 'till', 'partner', 'staff'],
      'a key of mine',
    ]);
    const proofs: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') proofs.push(request.headers().authorization);
    });
    const answer = page.locator('.graphiql-response');
    // By its event, not with the mouse: the editor's suggestions may lie over the button.
    const execute = () => page.getByRole('button', { name: /^Execute query/ }).dispatchEvent('click');
    const ask = async (query: string) => {
      await writeIn(page, 'Operation Editor', query);
      await execute();
    };
    // By the keyboard alone.
    await who.focus();
    await page.keyboard.press('p');
    expect(await who.inputValue()).toBe('partner');
    await waitUntil('the schema is read again', () =>
      proofs.some((proof) => proof?.startsWith('Bearer osk_') === true),
    );
    await page.getByRole('button', { name: 'New tab' }).click();
    await ask('{ stockAlerts(first: 1) { nodes { sku } } ');
    await answer.getByText('Cannot query field').waitFor();
    await page.locator('.squiggly-error').first().waitFor();

    await who.selectOption('staff');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await execute();
    await answer.getByText('"nodes"').waitFor();

    await who.selectOption('till');
    await ask('subscription { stockChanged(location: "bestbuy-4") { kind } ');
    await answer.getByText('"SNAPSHOT"').waitFor();
    await page.getByRole('button', { name: /^Stop query/ }).dispatchEvent('click');

    await who.selectOption('own');
    await page.getByLabel('Key', { exact: true }).fill('osk_wrong');
    await page.getByRole('button', { name: 'Use it' }).click();
    await ask('{ __typename ');
    await answer.getByText('UNAUTHENTICATED').waitFor();
    expect(page.url()).not.toContain('osk_');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toMatch(/osk_|Bearer/);
    const socket = explorerUrl.replace(/^http/, 'ws').replace('/explorer', '/graphql');
    const refused = (fault: string) => /401|GraphQL error|Failed to load resource/.test(fault);
    expect(faults.filter((fault) => fault !== `opened ${socket}` && !refused(fault))).toEqual([]);
    await page.context().close();
  });

  it('fits a phone: the list gives way to the editor, and nothing is cut off at the side', async () => {
    const { page, faults } = await openPage(browser, explorerUrl, phone);
    const list = page.getByRole('navigation', { name: 'Documented operations' });
    await list.getByRole('button', { name: 'Scorecard' }).tap();
    await list.waitFor({ state: 'detached' });
    const run = page.getByRole('button', { name: /^Execute query/ });
    await run.tap();
    await page.locator('.graphiql-response .view-line').first().waitFor();
    const box = await run.boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 999)).toBeLessThanOrEqual(phone.viewport.width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.viewport.width);
    await page.getByRole('button', { name: /Operations/ }).tap();
    await list.waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

/** What the list calls a document: "Product list" for storefront/product-list.graphql. */
function toEntry(file: string): string {
  const words = (file.split('/').at(-1) ?? '').replace('.graphql', '').replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Replaces what stands in an editor. The editor closes the last bracket itself. */
async function writeIn(page: Page, editor: string, text: string): Promise<void> {
  await page.getByRole('region', { name: editor }).locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

async function addOrder(database: TestDatabase): Promise<void> {
  await database
    .connectAs('products')
    .db.insertInto('channel')
    .values({ id: 'fair', name: 'Trade fair', kind: 'POS', currency_code: 'GBP', locale: 'en-GB' })
    .execute();
  const { db } = database.connectAs('orders');
  const { id } = await db
    .insertInto('order')
    .values({
      number: 'EXPLORER-1',
      email: 'explorer@example.com',
      channel_id: 'fair',
      status: 'PLACED',
      currency_code: 'GBP',
      total_minor: 100,
      placed_at: new Date('2011-03-01T10:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('order_event')
    .values({ order_id: id, at: new Date('2011-03-01T10:00:00Z'), kind: 'PLACED', message: 'Put on the shelf.' })
    .execute();
}
