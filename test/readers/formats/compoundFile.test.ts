import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CompoundFile, isCompoundFile } from '../../../src/readers/formats/compoundFile.ts';
import { compoundFile } from './documents.ts';

describe('compound file', () => {
  it('gives the streams that another program wrote, small and large, in storages and not', () => {
    const sizes = fc.constantFrom(0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 20_000);
    const names = fc.constantFrom('A', 'Body/Section0', 'Body/Section1', 'Deep/er/Stream', '\u0005Summary');
    fc.assert(
      fc.property(fc.dictionary(names, sizes, { minKeys: 1 }), streams => {
        const wanted = Object.fromEntries(
          Object.entries(streams).map(([name, size]) => [
            name,
            Uint8Array.from({ length: size }, (_, i) => i * 31 + size),
          ]),
        );
        const file = new CompoundFile(compoundFile(wanted));
        for (const [name, bytes] of Object.entries(wanted)) assert.deepEqual(file.stream(name), bytes, name);
      }),
      { numRuns: 60 },
    );
  });

  it('knows what is one', () => {
    assert(isCompoundFile(compoundFile({ A: new Uint8Array(10) })));
    assert(!isCompoundFile(new TextEncoder().encode('PK\u0003\u0004')));
  });

  it('ends where a chain of sectors runs in a circle', () => {
    const bytes = compoundFile({ A: new Uint8Array(20_000).fill(7) });
    const view = new DataView(bytes.buffer);
    const table = (view.getUint32(76, true) + 1) * 512;
    // Every sector is said to be followed by the first one.
    for (let at = table; at < table + 512; at += 4) view.setUint32(at, 0, true);
    const file = new CompoundFile(bytes);
    for (const path of file.paths) assert((file.stream(path)?.length ?? 0) <= bytes.length);
  });

  it('finds a stream by its name when its storage is lost', () => {
    const bytes = compoundFile({ 'Body/Section0': new Uint8Array(5000).fill(9) });
    const view = new DataView(bytes.buffer);
    const folder = (view.getUint32(48, true) + 1) * 512;
    // The root has no children any more.
    view.setUint32(folder + 76, 0xffffffff, true);
    assert.equal(new CompoundFile(bytes).stream('Section0')?.length, 5000);
  });
});
