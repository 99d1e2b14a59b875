// A real browser without a window, for pages that must work from a file, alone. Debian's Chromium, or
// the one that CHROMIUM names; tests that need it skip, and say so, where there is none.

import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {type BrowserContext, chromium, type Page} from 'playwright-core';

const path = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(path);
if (!hasBrowser) console.error(`no browser at ${path}: tests that need one are left out`);

export type OpenPage = {
  readonly page: Page;
  /** What a page that is in order never does: complains, or asks for anything but itself. */
  readonly complaints: readonly string[];
};

export type Screen = {readonly width?: number; readonly dark?: boolean};

/** One, with a new and empty profile, from its first page until it is closed. */
export class Browser {
  readonly #folder = mkdtempSync(join(tmpdir(), 'orrery-browser-'));
  readonly #scripts: boolean;
  #context: BrowserContext | undefined;
  #pages = 0;

  constructor({scripts = true} = {}) {
    this.#scripts = scripts;
  }

  async open(html: string, {width = 1280, dark = false}: Screen = {}): Promise<OpenPage> {
    const context = await this.#started();
    const file = join(this.#folder, `page-${++this.#pages}.html`);
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', error => complaints.push(`error: ${error.message}`));
    page.on('request', request => {
      const url = request.url();
      if (url !== address && !url.startsWith('data:')) complaints.push(`request: ${url}`);
    });
    await page.setViewportSize({width, height: 900});
    await page.emulateMedia({colorScheme: dark ? 'dark' : 'light'});
    await page.goto(address);
    return {page, complaints};
  }

  async close(): Promise<void> {
    await this.#context?.close();
    rmSync(this.#folder, {recursive: true, force: true});
  }

  async #started(): Promise<BrowserContext> {
    this.#context ??= await chromium.launchPersistentContext(join(this.#folder, 'profile'), {
      executablePath: path,
      javaScriptEnabled: this.#scripts,
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    });
    return this.#context;
  }
}
