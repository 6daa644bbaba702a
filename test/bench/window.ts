/** What the window pays: loading the bundle, and `activate`. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Bench, Figure } from './figures.ts';
import { percentile } from './figures.ts';

const RUNS = 15;

/** Loads the bundle in a fresh process, `vscode` being something that can be called, extended and asked for anything. */
const LOAD = `
  const Module = require('node:module');
  const anything = new Proxy(class {}, { get: (target, name) => (name === 'prototype' ? target.prototype : anything), apply: () => anything });
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
  const start = performance.now();
  require(process.argv[1]);
  console.log(performance.now() - start);
`;

export const window: Bench = ({ programs }) => {
  const bundle = path.join(programs, 'extension.js');
  const times = Array.from({ length: RUNS }, () =>
    Number(execFileSync(process.execPath, ['-e', LOAD, bundle])),
  );
  return Promise.resolve([
    { name: 'extension bundle', value: fs.statSync(bundle).size / 1000, unit: 'KB', limit: 250 },
    { name: 'extension load p50', value: percentile(times, 0.5), unit: 'ms' },
    activation(),
  ]);
};

/** As the last host tests measured it in a real extension host. */
function activation(): Figure {
  const log = path.join(import.meta.dirname, '../../out/host.log');
  const found = fs.existsSync(log) ? /activate: ([\d.]+) ms/.exec(fs.readFileSync(log, 'utf8')) : null;
  const figure = { name: 'activate', unit: 'ms', limit: 50 };
  return found === null
    ? { ...figure, value: null, note: 'run npm test first: the host tests measure it' }
    : { ...figure, value: Number(found[1]), note: 'of the last npm test' };
}
