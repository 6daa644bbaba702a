/** Chromium for the host tests: found, or installed where the machine allows it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const PLACES = [
  process.env['MALMOI_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const PACKAGES = ['chromium', 'fonts-noto-cjk', 'fonts-nanum', 'fonts-noto-color-emoji'];

const installed = (): string | undefined =>
  PLACES.find((place): place is string => place !== undefined && fs.existsSync(place));

export function ensureChromium(say: (line: string) => void): string {
  const found = installed();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    say(`Installing ${PACKAGES.join(', ')} with apt-get …`);
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2] });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const now = installed();
    if (now !== undefined) return now;
  }
  throw new Error(
    [
      'The host tests need Chromium or Chrome, and none was found.',
      'Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk fonts-nanum fonts-noto-color-emoji',
      'macOS: brew install --cask google-chrome',
      'Elsewhere: install Chrome, or set MALMOI_CHROMIUM to its program.',
    ].join('\n'),
  );
}

export interface Window {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors of the workbench page and everything inside it. */
  readonly errors: readonly string[];
  /** Addresses outside this machine that something tried to reach. */
  readonly outside: readonly string[];
}

export async function openBrowser(say: (line: string) => void): Promise<Window> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(say),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'ko-KR',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const outside: string[] = [];
  await context.route(
    url => /^https?:$/.test(url.protocol) && !['127.0.0.1', 'localhost'].includes(url.hostname),
    route => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', error => errors.push(error.message));
  return { browser, context, page, errors, outside };
}
