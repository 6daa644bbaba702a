/**
 * Writes dist/THIRD_PARTY_NOTICES.txt: the licence of every package that esbuild put into an output, and of the
 * native runtime, which is shipped as it is. Fails where a package says nothing about its licence.
 */
import fs from 'node:fs';
import path from 'node:path';
import { bundledPackages, packageIn, type BundledPackage } from './packages/bundled.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Packages whose licence stands in their readme only, or whose text stands elsewhere. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  format: 'Copyright 2010 - 2014 Sami Samhuri. MIT licence (its text stands in NOTICE).',
  'onnxruntime-node': 'Copyright (c) Microsoft Corporation. MIT licence (its text stands in NOTICE).',
  'onnxruntime-common': 'Copyright (c) Microsoft Corporation. MIT licence (its text stands in NOTICE).',
  'onnxruntime-web': 'Copyright (c) Microsoft Corporation. MIT licence (its text stands in NOTICE).',
};

const shipped = ['onnxruntime-node', 'onnxruntime-common'].map(name =>
  packageIn(path.join(root, 'node_modules', name)),
);
const bundled = bundledPackages(root).filter(({ name }) => shipped.every(each => each.name !== name));
const texts = [...bundled, ...shipped].map(textOf);
const file = path.join(root, 'dist', 'THIRD_PARTY_NOTICES.txt');
fs.writeFileSync(file, `${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`);
console.log(`${path.relative(root, file)}: ${texts.length} packages`);

function textOf({ name, version, license, folder }: BundledPackage): string {
  const files = fs.readdirSync(folder).filter(each => /^(licen[cs]e|notice|thirdpartynotices)/i.test(each));
  const own = files.sort().map(each => fs.readFileSync(path.join(folder, each), 'utf8').trim());
  if (license === null && own.length === 0 && !(name in SAID_ELSEWHERE))
    throw new Error(`${folder} says nothing about its licence`);
  const text = own.length > 0 ? own.join('\n\n') : (SAID_ELSEWHERE[name] ?? `Licence: ${license}`);
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}`;
}
