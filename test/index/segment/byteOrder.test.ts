import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inByteOrder } from '../../../src/index/segment/segmentWriter.ts';

describe('inByteOrder', () => {
  it('is the order of UTF-8, also beyond the basic plane', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), terms => {
        const wanted = [...terms].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual(
          [...inByteOrder(terms)].flat().map(term => Buffer.from(term).toString('hex')),
          wanted.map(term => Buffer.from(term).toString('hex')),
        );
      }),
    );
    assert.deepEqual([...inByteOrder(['😀', '\uffee', '가'])].flat(), ['가', '\uffee', '😀']);
  });

  it('is the same of very many terms, which are sorted in runs', function () {
    this.timeout(60_000);
    const letters = fc.constantFrom('가', '나', 'a', '😀', '\u{1f600}b', '\uffee', '\ue000', '');
    const many = fc.uniqueArray(
      fc.array(letters, { maxLength: 8 }).map(parts => parts.join('')),
      {
        minLength: 3_000,
        maxLength: 3_000,
      },
    );
    fc.assert(
      fc.property(many, terms => {
        const wanted = [...terms].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual([...inByteOrder(terms)].flat(), wanted);
      }),
      { numRuns: 10 },
    );
  });
});
