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
          inByteOrder([...terms]).map(term => Buffer.from(term).toString('hex')),
          wanted.map(term => Buffer.from(term).toString('hex')),
        );
      }),
    );
    assert.deepEqual(inByteOrder(['😀', '\uffee', '가']), ['가', '\uffee', '😀']);
  });
});
