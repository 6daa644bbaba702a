import assert from 'node:assert/strict';
import { BUILT_FORMATS } from './builtSamples.ts';
import { FuzzReader } from './fuzzReader.ts';
import { mutated } from './mutate.ts';
import { Random } from './random.ts';
import { smallSamplesOf } from './samples.ts';

/** More are made by `npm run fuzz`. */
const PER_FORMAT = 200;
/** Milliseconds a file by the clock, as in the product; the machine may be slow and busy. */
const LIMIT = 60_000;

describe('damaged documents', () => {
  const reader = new FuzzReader(LIMIT);
  after(() => reader.close());
  for (const format of [...BUILT_FORMATS, 'doc', 'ppt'])
    it(`end in text or a reason (${format})`, async () => {
      const samples = smallSamplesOf(format);
      assert.ok(samples.length > 0);
      for (let number = 0; number < PER_FORMAT; number++) {
        const random = new Random(number);
        const bytes = mutated(random.pick(samples).bytes, random);
        const { outcome, detail } = await reader.read({ name: `fuzz.${format}`, bytes });
        assert.ok(outcome !== 'crash' && outcome !== 'hang', `${number}: ${outcome} ${detail}`);
      }
    }).timeout(10 * LIMIT);

  it('that hang cost their thread, and the next one is read', async () => {
    const impatient = new FuzzReader(0);
    try {
      const bytes = smallSamplesOf('docx')[0]!.bytes;
      assert.equal((await impatient.read({ name: 'a.docx', bytes })).outcome, 'hang');
      assert.equal((await reader.read({ name: 'a.docx', bytes })).outcome, 'text');
    } finally {
      await impatient.close();
    }
  });
  it('are made again from the same seed, and leave the sample as it was', () => {
    const { bytes } = smallSamplesOf('docx')[0]!;
    const before = Uint8Array.from(bytes);
    const [first, second] = [mutated(bytes, new Random(7)), mutated(bytes, new Random(7))];
    assert.deepEqual(first, second);
    assert.notDeepEqual(first, bytes);
    assert.deepEqual(bytes, before);
  });
});
