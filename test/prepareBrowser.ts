/** Finds or installs what the browser tests run in; prints the path of Chromium, or says what to install. */
import { ensureChromium } from './host/browser.ts';
import { ensureCodeServer } from './host/codeServer.ts';

const say = (line: string): void => console.error(line);

try {
  const chromium = ensureChromium(say);
  if (process.env['MALMOI_TEST_ELECTRON'] !== '1') ensureCodeServer(say);
  console.log(chromium);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
