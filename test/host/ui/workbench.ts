/** A window with the extension, driven as a user would: keys, clicks, and what is on the screen. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { ensureCodeServer, startCodeServer, windowUrl } from '../codeServer.ts';
import { repository, shots } from '../paths.ts';
import { copySampleNotes } from '../sampleNotes.ts';

const say = (line: string): void => console.error(line);

export interface Workbench {
  readonly page: Page;
  /** Console errors that come from our own code. */
  readonly errors: () => readonly string[];
  readonly notes: string;
  command(title: string): Promise<void>;
  /** The rows of the open quick pick. */
  readonly rows: Locator;
  readonly input: Locator;
  /** The page of the webview that was opened first, or last. */
  webview(which: 'first' | 'last'): FrameLocator;
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface Look {
  readonly theme: 'dark' | 'light' | 'contrast';
  readonly language: 'ko' | 'en';
}

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
} as const;

/** An extension that was installed from a package, for a person whose home folder this is. */
export interface InstalledExtension {
  /** User data of the VS Code that it was installed into. */
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** An unpacked extension that is not the repository's. */
export interface OtherExtension {
  readonly extension: string;
}

/**
 * `files`: what else stands in the folder of notes; `settings`: of the user, beside those of all tests; `other`: in
 * place of the extension under development.
 */
export async function openWorkbench(
  { theme, language }: Look,
  files: Readonly<Record<string, Uint8Array>> = {},
  settings: Readonly<Record<string, unknown>> = {},
  other?: InstalledExtension | OtherExtension,
): Promise<Workbench> {
  const installed = other !== undefined && 'data' in other ? other : undefined;
  const unpacked = other !== undefined && 'extension' in other ? other.extension : repository;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-ui-'));
  const notes = path.join(folder, language === 'ko' ? '내 노트' : 'notes');
  copySampleNotes(notes);
  // A file for the report to explain.
  fs.writeFileSync(
    path.join(notes, '스캔.md'),
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 0, 0xff, 0, 2]),
  );
  for (const [name, bytes] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(notes, name)), { recursive: true });
    fs.writeFileSync(path.join(notes, name), bytes);
  }
  const server = await startCodeServer({
    package: ensureCodeServer(say),
    data: installed?.data ?? path.join(folder, 'data'),
    extension: installed === undefined ? 'development' : 'installed',
    language,
    ...(installed === undefined ? {} : { environment: installed.environment }),
    settings: {
      ...(installed === undefined ? { 'malmoi.storePath': path.join(folder, 'store') } : {}),
      'workbench.colorTheme': THEMES[theme],
      'editor.minimap.enabled': false,
      'editor.hover.delay': 100,
      'editor.wordWrap': 'on',
      'editor.accessibilitySupport': 'off',
      'editor.unicodeHighlight.ambiguousCharacters': false,
      ...settings,
    },
  });
  const { browser, page, errors } = await openBrowser(say);
  const development = installed === undefined ? { extension: unpacked } : undefined;
  await page.goto(windowUrl(server, notes, development));
  await page.waitForSelector('.monaco-workbench');
  const quickPick = page.locator('.quick-input-widget');
  const workbench: Workbench = {
    page,
    notes,
    errors: () => errors.filter(error => /malmoi|Content Security Policy|dist\/panel/i.test(error)),
    rows: quickPick.locator('.quick-input-list .monaco-list-row'),
    input: quickPick.locator('input[type=text]'),
    async command(title) {
      await page.keyboard.press('F1');
      await workbench.input.waitFor();
      await workbench.input.fill(`>${title}`);
      await workbench.rows.filter({ hasText: title }).first().click();
    },
    webview(which) {
      const frame = page.frameLocator(`iframe.webview.ready >> nth=${which === 'first' ? 0 : -1}`);
      return frame.frameLocator('iframe#active-frame');
    },
    async shot(name) {
      fs.mkdirSync(shots, { recursive: true });
      // The workbench fades its widgets in.
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(shots, `${name}-${theme}-${language}.png`) });
    },
    async close() {
      await browser.close();
      await server.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
  return workbench;
}
