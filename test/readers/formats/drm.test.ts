import assert from 'node:assert/strict';
import { isReadable } from '../../../src/text/fileFormats.ts';
import { readResult } from './building.ts';

/** What the wrappers of Korean companies begin with; what follows is encrypted. */
const WRAPPERS: Readonly<Record<string, string>> = {
  Fasoo: '\u009b DRMONE  This Document is encrypted and protected by Fasoo DRM \0',
  'Fasoo containers': 'FasooSecureContainer\0',
  NASCA: '<## NASCA DRM FILE - VER1.00 ##>',
  SoftCamp: 'SCDSA004\0\0',
  MarkAny: '<DOCUMENT SAFER V2.5>\0',
};

const NAMES = 'hwp hwpx docx doc xlsx xls pptx ppt pdf rtf odt txt csv md'.split(' ');

function wrapped(start: string): Uint8Array {
  // Like encrypted data, and the same each time.
  const rest = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + (i >> 3) * 17) & 0xff);
  return Uint8Array.from(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
}

describe('files that a rights management has wrapped', () => {
  for (const [name, start] of Object.entries(WRAPPERS))
    it(`are refused with that reason, whatever their name (${name})`, async () => {
      for (const extension of NAMES) {
        assert.ok(isReadable(`a.${extension}`));
        const result = await readResult(`a.${extension}`, wrapped(start));
        assert.equal('problem' in result ? result.problem : 'text', 'drm', extension);
      }
    });

  it('are told from texts about them', async () => {
    const result = await readResult('a.md', Buffer.from('DRMONE 제품의 소개\n\nSCDSA004 형식도 다룬다.\n'));
    assert.ok(!('problem' in result));
  });
});
