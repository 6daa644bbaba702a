/**
 * `npm run fuzz -- FORMAT N [--seed S] [--limit MS]`: N damaged files of a format, each read in a thread under limits of time and
 * memory. Prints how they ended; exits with 1 where one crashed the reader or hung. `--seed` and the number that is
 * printed make the same file again: `--only NUMBER`. Times are of the processor, because the machine may be busy; the
 * limit is one of the clock.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { FuzzReader } from './fuzzReader.ts';
import { mutated } from './mutate.ts';
import { Random } from './random.ts';
import { samplesOf } from './samples.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '60000' },
    only: { type: 'string' },
  },
});
const [format = '', count = '200'] = positionals;
const samples = samplesOf(format.replace(/^\./u, ''));
if (samples.length === 0) {
  console.error(`npm run fuzz -- FORMAT N [--seed S]: there is no sample of "${format}"`);
  process.exit(2);
}

const seed = Number(values.seed);
const [first, last] =
  values.only === undefined ? [0, Number(count)] : [Number(values.only), Number(values.only) + 1];
const reader = new FuzzReader(Number(values.limit));
const outcomes = new Map<string, number>();
/** A file that takes longer is worth a look, though it is within the limit. */
const LONG = 20_000;
let slowest = { milliseconds: 0, number: 0, name: '' };
let failures = 0;
let long = 0;
let reading = 0;

for (let number = first; number < last; number++) {
  // Each file has its own numbers: one of them can be made again without those before it.
  const random = new Random(seed * 1_000_003 + number);
  const sample = random.pick(samples);
  const bytes = mutated(sample.bytes, random);
  const begun = process.cpuUsage();
  const { outcome, detail } = await reader.read({ name: `fuzz.${format}`, bytes });
  const { user, system } = process.cpuUsage(begun);
  const milliseconds = Math.round((user + system) / 1000);
  reading += milliseconds;
  if (milliseconds > LONG) {
    long++;
    console.log(`${milliseconds} ms ${number} (${path.basename(sample.name)})`);
  }
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, number, name: sample.name };
  if (outcome !== 'crash' && outcome !== 'hang') continue;
  failures++;
  console.log(`${outcome} ${number} (${path.basename(sample.name)}): ${detail}`);
}
await reader.close();

const said = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, times]) => `${outcome} ${times}`);
console.log(`${format}: ${last - first} files of ${samples.length} samples: ${said.join(', ')}`);
console.log(
  `${Math.round((last - first) / Math.max(0.001, reading / 1000))} files a second of processor time`,
);
console.log(
  `over ${LONG / 1000} s: ${long}; slowest ${slowest.milliseconds} ms: ${slowest.number} (${path.basename(slowest.name)})`,
);
process.exitCode = failures > 0 ? 1 : 0;
