import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Whether there is a browser to test with: Debian's, from `apt-get install chromium`, which .ci/run does. */
export const hasBrowser = existsSync(executablePath);

/** A headless browser that asks nobody anything by itself. Must be closed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page with everything that went wrong while it was open. */
export interface WatchedPage {
  readonly page: Page;
  /** Requests that left the origin, requests that failed, error answers, anything in the console, uncaught exceptions. */
  readonly faults: readonly string[];
}

/** Opens the explorer in a page of its own, without any storage from before, and waits for its editors. Requests to other origins are recorded and stopped. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<WatchedPage> {
  const { origin } = new URL(url);
  const faults: string[] = [];
  const context = await browser.newContext(options);
  await context.route('**/*', async (route) => {
    const asked = route.request().url();
    if (new URL(asked).origin === origin) return route.continue();
    faults.push(`asked for ${asked}`);
    return route.abort();
  });
  // Under vitest's 30 s, so that what was waited for in vain is told.
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('websocket', (socket) => faults.push(`opened ${socket.url()}`));
  page.on('requestfailed', (request) => faults.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
  // What the Content-Security-Policy stops is told here, and React tells here that it is a development build.
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(url);
  await page.locator('.view-lines').first().waitFor();
  return { page, faults };
}
