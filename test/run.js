/**
 * `npm test`: installs what is missing and runs everything. `npm run check`: all that needs no browser.
 *
 * Works straight after `git clone` with Node 18 or later and npm: only Node's own modules are used here, and
 * the steps run as npm scripts, which find the Node of node_modules first. Every step runs even after another
 * failed. The last line is `N passed, N failed`, summed over all mocha runs; a failed step that is no mocha
 * run (types, lint, format, sizes …), or a run that ended without a result, counts as one failure. What failed
 * is said once more just before that line, so that whoever sees the end of a long log sees the reason; so is what was
 * skipped, with its number.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { root, node, ensureInstalled, npmCommand } = require('./setup.js');

/** Minutes after which a step is ended: a hanging one must not eat the time of the whole run. */
const LIMIT = 20;
/** Milliseconds that what a step has started may stay after it. */
const LINGERING = 20_000;
const results = path.join(root, 'out', 'results');
const total = { passed: 0, failed: 0 };
/** What failed, in the words of the step or the test. */
const failures = [];
/** Tests that this machine can't run, by name. */
const skipped = [];
/** Characters of a failure's words that are said again at the end. */
const LAST_WORDS = 3000;

async function main() {
  const quick = process.argv[2] === 'check';
  fs.rmSync(results, { recursive: true, force: true });
  fs.mkdirSync(results, { recursive: true });
  ensureInstalled();
  await step('types');
  await step('lint');
  await step('unused');
  await step('format:check');
  const built = await step('build');
  await step('sizes');
  await preparePython();
  await mocha('test:unit');
  await mocha('test:team');
  if (quick) return;
  if (built && (await prepareBrowser())) {
    await mocha('test:panel');
    await host();
  } else skip('test:panel', 'test:host');
  // Size, contents and licences of this platform's package. It builds for production, so it comes last.
  await step('package');
}

/** Runs an npm script; true if it succeeded. */
async function step(name) {
  const { ok, output, errors } = await run(name, [...npmCommand(), 'run', '--silent', name]);
  if (!ok) {
    total.failed++;
    failures.push(`${name}\n${(output + errors).slice(-LAST_WORDS)}`);
  }
  return ok;
}

const NO_RESULT = { passed: [], failed: [], skipped: [] };

/** Runs an npm script that is a mocha run, and counts its tests. */
async function mocha(name) {
  const file = path.join(results, `${name.replace(':', '-')}.json`);
  const reporter = '--reporter=test/host/resultReporter.cjs';
  const { ok } = await run(name, [...npmCommand(), 'run', '--silent', name, '--', reporter], {
    MALMOI_TEST_RESULT: file,
  });
  const result = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : NO_RESULT;
  count(name, ok, result.passed.length, result.failed.length);
  for (const title of result.skipped ?? []) skipped.push(`${name}: ${title}`);
  for (const { title, error } of result.failed)
    failures.push(`${name}: ${title}\n${error.slice(0, LAST_WORDS)}`);
}

/** The host tests are several mocha runs; they count themselves. What they print is kept for the benchmarks. */
async function host() {
  const { ok, output } = await run('test:host', [...npmCommand(), 'run', '--silent', 'test:host']);
  fs.writeFileSync(path.join(root, 'out', 'host.log'), output);
  const [, passed, failed] = /^host tests: (\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  count('test:host', ok, Number(passed ?? 0), Number(failed ?? 0));
  for (const [, words] of output.matchAll(/^FAILED (.*?)(?=^FAILED |^host tests: )/gms))
    failures.push(`test:host: ${words.slice(0, LAST_WORDS)}`);
}

function count(name, ok, passed, failed) {
  // No test at all, or an end without a failed test: something else is wrong, and must not look like success.
  const broken = failed === 0 && (!ok || passed === 0);
  if (broken) failures.push(`${name}: ended without a proper result`);
  total.passed += passed;
  total.failed += failed + (broken ? 1 : 0);
}

/** Without it the tests that need it are skipped; it says why. */
async function preparePython() {
  const { ok, output } = await run('python', [process.execPath, 'test/python.js']);
  process.env.MALMOI_PYTHON = ok ? output.trim().split('\n').pop() : 'none';
}

async function prepareBrowser() {
  const command = [node, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'test/prepareBrowser.ts'];
  const { ok, output } = await run('browser', command);
  if (ok) process.env.MALMOI_CHROMIUM = output.trim().split('\n').pop();
  return ok;
}

function skip(...names) {
  for (const name of names) failures.push(`${name}: not run`);
  total.failed += names.length;
}

/** Runs a command in the repository; what it prints is passed on and returned. */
function run(name, [program, ...args], environment = {}) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  return new Promise(resolve => {
    const windows = process.platform === 'win32';
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it started can be ended with it.
      detached: !windows,
      shell: windows && program.endsWith('.cmd'),
    });
    const end = () => {
      try {
        if (windows) child.kill();
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const stop = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', stop);
    const timer = setTimeout(() => {
      failures.push(`${name}: ended after ${LIMIT} minutes`);
      end();
    }, LIMIT * 60_000);
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      errors += text;
      process.stderr.write(text);
    });
    let status = null;
    let lingering;
    child.on('error', error => console.log(String(error)));
    child.on('exit', code => {
      status = code;
      // A process that a test left behind may hold the pipes: the step itself has ended.
      lingering = setTimeout(end, LINGERING);
    });
    child.on('close', () => {
      clearTimeout(timer);
      clearTimeout(lingering);
      process.off('SIGINT', stop);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`── ${name}: ${status === 0 ? 'ok' : `FAILED (${status ?? 'killed'})`}, ${seconds} s`);
      resolve({ ok: status === 0, output, errors });
    });
  });
}

main()
  .catch(error => {
    failures.push(error instanceof Error ? error.message : String(error));
    total.failed++;
  })
  .finally(() => {
    if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
    for (const failure of failures) console.log(`\n── failed: ${failure}`);
    if (skipped.length > 0) {
      console.log(`\n${skipped.length} skipped on this machine:`);
      for (const name of skipped) console.log(`── skipped: ${name}`);
    }
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
  });
