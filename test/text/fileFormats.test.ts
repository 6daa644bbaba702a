import assert from 'node:assert/strict';
import { SOURCE_SYNTAXES } from '../../src/readers/formats/text/comments.ts';
import { readerFor } from '../../src/readers/readers.ts';
import {
  bytesReadOf,
  DEFAULT_EXTENSIONS,
  isReadable,
  isTextFile,
  OPTIONAL_EXTENSIONS,
} from '../../src/text/fileFormats.ts';

describe('formats', () => {
  it('have a reader for every extension', async () => {
    for (const extension of [...DEFAULT_EXTENSIONS, ...OPTIONAL_EXTENSIONS])
      assert.equal(typeof (await readerFor(`a/b${extension}`)), 'function', extension);
    assert.equal(await readerFor('a.exe'), null);
    const sources = SOURCE_SYNTAXES.flatMap(([extensions]) => extensions);
    assert.deepEqual(
      sources.filter(extension => !OPTIONAL_EXTENSIONS.includes(extension)),
      [],
    );
  });

  it('tell what is read, whatever the case', () => {
    for (const path of ['보고서.HWP', 'a/b.docx', 'c.d.pdf.hwpx', '글.md']) assert.ok(isReadable(path), path);
    for (const path of ['a', '.md', 'a.json', 'b.ts', 'c.zip']) assert.ok(!isReadable(path), path);
    assert.ok(isReadable('a.json', new Set(['.json'])));
  });

  it('tell texts, which an editor shows as they are read', () => {
    for (const path of ['a.md', 'a.csv', 'a.srt', 'a.rst']) assert.ok(isTextFile(path), path);
    for (const path of ['a.hwp', 'a.html', 'a.ipynb', 'a.eml', 'a.zip']) assert.ok(!isTextFile(path), path);
    assert.ok(bytesReadOf('a.pdf') > bytesReadOf('a.txt'));
  });
});
