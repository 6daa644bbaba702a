/** Runs inside the extension host: VS Code calls `run`. */
import fs from 'node:fs';
import path from 'node:path';
import type MochaClass from 'mocha';
import * as loaded from 'mocha';

/** mocha 12 is an ES module: `require` of it gives a namespace with the class as its default. */
const Mocha = (loaded as unknown as { readonly default: typeof MochaClass }).default;

export function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 150_000,
    slow: 5000,
    color: false,
    ...(process.env['MALMOI_TEST_GREP'] === undefined ? {} : { grep: process.env['MALMOI_TEST_GREP'] }),
  });
  for (const name of fs.readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const passed: string[] = [];
  const failed: { title: string; error: string }[] = [];
  return new Promise((resolve, reject) => {
    mocha
      .run(failures => {
        fs.writeFileSync(process.env['MALMOI_TEST_RESULT']!, JSON.stringify({ passed, failed }));
        if (failures === 0) resolve();
        else reject(new Error(`${failures} tests failed`));
      })
      .on('pass', test => passed.push(test.fullTitle()))
      .on('fail', (test, error: Error) =>
        failed.push({ title: test.fullTitle(), error: error.stack ?? error.message }),
      );
  });
}
