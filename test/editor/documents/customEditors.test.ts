import assert from 'node:assert/strict';
import { viewTypeFor } from '../../../src/editor/documents/customEditors.ts';

const manifest = (viewType: string, filenamePattern: string, priority?: string): unknown => ({
  name: 'x',
  contributes: { customEditors: [{ viewType, displayName: 'X', selector: [{ filenamePattern }], priority }] },
});

describe('the editor that an extension has for a file', () => {
  it('is the one that opens by default', () => {
    const manifests = [
      manifest('hex', '*', 'option'),
      manifest('later', '*.hwp', 'option'),
      manifest('hwp', '**/*.{HWP,hwpx}'),
    ];
    assert.equal(viewTypeFor('문서/보고서.hwp', manifests), 'hwp');
    assert.equal(viewTypeFor('보고서.HWPX', manifests), 'hwp');
    assert.equal(viewTypeFor('보고서.hwp', manifests.slice(0, 2)), 'later');
    assert.equal(viewTypeFor('보고서.pdf', manifests), null);
  });

  it('is none where manifests say nothing that is analyzed', () =>
    assert.equal(viewTypeFor('a.hwp', [null, {}, { contributes: { customEditors: 'x' } }]), null));
});
