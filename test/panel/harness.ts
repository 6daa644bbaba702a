import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FromPanel, ToPanel } from '../../media/panel/messages.ts';
import { panelText } from '../../media/panel/text.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import { IDLE } from './sample.ts';
import { THEMES, type ThemeName } from './themes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CHROMIUM = process.env['MALMOI_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const NONCE = 'dGVzdC1ub25jZQ';

type Posted<T extends FromPanel['type']> = Extract<FromPanel, { readonly type: T }>;

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly surface?: 'sidebar' | 'tab';
  readonly width?: number;
  readonly height?: number;
  readonly status?: EngineStatus;
  readonly language?: string;
  /** What `getState` gives back. */
  readonly saved?: unknown;
  readonly reducedMotion?: boolean;
}

declare global {
  interface Window {
    posted: FromPanel[];
    saved: unknown;
    faults: string[];
  }
}

/** One chromium and one loopback server with the built panel, for a file of tests. */
export class PanelBrowser {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #origin: string;

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async launch(): Promise<PanelBrowser> {
    if (!existsSync(CHROMIUM)) {
      throw new Error(
        `The panel's browser tests need chromium at ${CHROMIUM}: apt-get install chromium fonts-noto-cjk fonts-nanum (or set MALMOI_CHROMIUM).`,
      );
    }
    for (const file of ['panel.js', 'panel.css']) {
      if (!existsSync(path.join(ROOT, 'dist/panel', file))) {
        throw new Error(
          `dist/panel/${file} is missing: run "npm run build" before the panel's browser tests.`,
        );
      }
    }
    const server = createServer((request, response) => {
      const name = request.url === '/panel.js' || request.url === '/panel.css' ? request.url : null;
      const origin = `http://${request.headers.host ?? ''}`;
      response.setHeader('content-type', name === null ? 'text/html; charset=utf-8' : mimeOf(name));
      response.end(name === null ? hostPage(origin) : readFileSync(path.join(ROOT, 'dist/panel', name)));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    return new PanelBrowser(browser, server);
  }

  async open(options: PanelOptions = {}): Promise<Panel> {
    const { theme = 'dark', surface = 'sidebar', language = 'ko', status = IDLE, saved } = options;
    const context = await this.#browser.newContext({
      viewport: {
        width: options.width ?? (surface === 'sidebar' ? 360 : 900),
        height: options.height ?? 720,
      },
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
      locale: language,
    });
    const page = await context.newPage();
    const { bodyClass, variables } = THEMES[theme];
    await page.addInitScript(prepare, { variables, bodyClass, surface, saved: saved ?? null });
    const faults: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', error => faults.push(String(error)));
    await page.goto(this.#origin);
    const panel = new Panel(page, faults);
    await panel.posted('ready');
    await panel.send({ type: 'initialise', surface, language, strings: panelText(language), status });
    await page.waitForSelector('#query');
    return panel;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

/** A panel in a page, seen from the extension's side. */
export class Panel {
  readonly page: Page;
  readonly #faults: readonly string[];

  constructor(page: Page, faults: readonly string[]) {
    this.page = page;
    this.#faults = faults;
  }

  async send(message: ToPanel): Promise<void> {
    await this.page.evaluate(data => window.postMessage(data, location.origin), message);
    // The message event comes in a later task; results are drawn within it.
    await this.page.evaluate(() => new Promise(resolve => setTimeout(resolve)));
  }

  /** Waits for the `count`th message of a type and gives the latest. */
  async posted<T extends FromPanel['type']>(type: T, count: number = 1): Promise<Posted<T>> {
    await this.page.waitForFunction(
      ([wanted, least]) => window.posted.filter(message => message.type === wanted).length >= least,
      [type, count] as const,
      { timeout: 5000 },
    );
    return (await this.all(type)).at(-1)!;
  }

  async all<T extends FromPanel['type']>(type: T): Promise<readonly Posted<T>[]> {
    const messages = await this.page.evaluate(() => window.posted);
    return messages.filter((message): message is Posted<T> => message.type === type);
  }

  /** Types a query and waits for the search it starts; gives the request's number. */
  async search(query: string): Promise<number> {
    const before = (await this.all('search')).length;
    await this.page.fill('#query', query);
    return (await this.posted('search', before + 1)).request;
  }

  ids(): Promise<readonly string[]> {
    return this.page.$$eval('.hit', hits => hits.map(hit => (hit as HTMLElement).dataset['id'] ?? ''));
  }

  /** What went wrong on the page: CSP violations, exceptions, console errors. */
  async faults(): Promise<readonly string[]> {
    return [...this.#faults, ...(await this.page.evaluate(() => window.faults))];
  }

  saved(): Promise<unknown> {
    return this.page.evaluate(() => window.saved);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Opens a panel for one test and fails the test on any CSP violation, exception or console error. */
export async function withPanel(
  browser: PanelBrowser,
  options: PanelOptions,
  act: (panel: Panel) => Promise<void>,
): Promise<void> {
  const panel = await browser.open(options);
  try {
    await act(panel);
    assert.deepEqual(await panel.faults(), []);
  } finally {
    await panel.close();
  }
}

/** The page as the extension writes it. */
function hostPage(origin: string): string {
  const csp = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${origin};`;
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${origin}/panel.css">
<title>말모이</title>
</head>
<body><div id="app"></div><script nonce="${NONCE}" src="${origin}/panel.js"></script></body>
</html>`;
}

function mimeOf(name: string): string {
  return name.endsWith('.css') ? 'text/css' : 'text/javascript';
}

/** Runs in the page before its scripts: what VS Code puts into a webview. */
function prepare(given: {
  readonly variables: Readonly<Record<string, string>>;
  readonly bodyClass: string;
  readonly surface: 'sidebar' | 'tab';
  readonly saved: unknown;
}): void {
  window.posted = [];
  window.faults = [];
  window.saved = given.saved;
  document.addEventListener('securitypolicyviolation', event => {
    window.faults.push(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: FromPanel) => window.posted.push(structuredClone(message)),
      getState: () => window.saved ?? undefined,
      setState: (state: unknown) => (window.saved = structuredClone(state)),
    }),
  });
  const dress = (): void => {
    const root = document.documentElement;
    for (const [name, value] of Object.entries(given.variables))
      root.style.setProperty(`--vscode-${name}`, value);
    const ground = given.surface === 'sidebar' ? 'sideBar' : 'editor';
    root.style.background = `var(--vscode-${ground}-background)`;
    document.body.className = given.bodyClass;
    // VS Code's own style for webviews, which the panel must undo.
    document.body.style.setProperty('font-weight', 'var(--vscode-font-weight)');
  };
  new MutationObserver((_, observer) => {
    if (document.body === null) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
}
