/**
 * Writes dist/THIRD_PARTY_NOTICES.txt: the licence of every package that esbuild put into an output, read from
 * the metafiles of the build before (out/meta-*.json). Fails where a package says nothing about its licence.
 */
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const out = path.join(root, 'out');
const inputs = fs
  .readdirSync(out)
  .filter(name => /^meta-.*\.json$/.test(name))
  .flatMap(name => Object.values(JSON.parse(fs.readFileSync(path.join(out, name), 'utf8')).outputs))
  .flatMap(output => Object.entries(output.inputs))
  .filter(([, input]) => input.bytesInOutput > 0)
  .map(([file]) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  .filter(folder => folder !== undefined);

/** Packages whose licence stands in their readme only. */
const SAID_ELSEWHERE = {
  format: 'Copyright 2010 - 2014 Sami Samhuri. MIT licence (its text stands in NOTICE).',
};

const texts = Array.from(new Set(inputs))
  .sort((a, b) => (a < b ? -1 : 1))
  .map(folder => {
    const place = path.join(root, folder);
    const { name, version, license, licenses } = JSON.parse(
      fs.readFileSync(path.join(place, 'package.json'), 'utf8'),
    );
    const files = fs.readdirSync(place).filter(file => /^(licen[cs]e|notice|thirdpartynotices)/i.test(file));
    const kind = license ?? licenses?.map(each => each.type).join(' or ');
    const own = files.map(file => fs.readFileSync(path.join(place, file), 'utf8').trim());
    if (kind === undefined && own.length === 0 && !(name in SAID_ELSEWHERE))
      throw new Error(`${folder} says nothing about its licence`);
    const text = own.length > 0 ? own.join('\n\n') : (SAID_ELSEWHERE[name] ?? `Licence: ${kind}`);
    return `${name} ${version} (${kind ?? 'see below'})\n\n${text}`;
  });
const file = path.join(root, 'dist', 'THIRD_PARTY_NOTICES.txt');
fs.writeFileSync(file, `${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`);
console.log(`${path.relative(root, file)}: ${texts.length} packages`);
