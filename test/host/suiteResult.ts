/** What a mocha run leaves behind as JSON for the runner outside. */
import fs from 'node:fs';

export interface SuiteResult {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly error: string }[];
}

export function emptyResult(why: string): SuiteResult {
  return { passed: [], failed: [{ title: 'the run itself', error: why }] };
}

export function readResult(file: string): SuiteResult {
  if (!fs.existsSync(file)) return emptyResult('no result was written: the extension host ended early');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as SuiteResult;
}
