import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { blocksOf, readDocument } from './building.ts';

const rtf = (source: string): Uint8Array => Buffer.from(`{\\rtf1\\ansi${source}}`, 'latin1');
const hex = (text: string): string =>
  [...iconv.encode(text, 'cp949')].map(byte => `\\'${byte.toString(16).padStart(2, '0')}`).join('');
const blocks = async (source: string): Promise<string[]> =>
  blocksOf(await readDocument('a.rtf', rtf(source)));

describe('Rich Text Format', () => {
  it('reads Korean in the code page of the document, as digits and as bytes', async () => {
    assert.deepEqual(
      await blocks(
        `\\ansicpg949 ${hex('똠방각하')} A\\par ${iconv.encode('펲시', 'cp949').toString('latin1')}\\par`,
      ),
      ['paragraph | 똠방각하 A', 'paragraph | 펲시'],
    );
  });
  it('reads Korean in the character set of a font', async () =>
    assert.deepEqual(
      await blocks(
        `\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset129 ${hex('굴림')};}}\\f1 ${hex('한글')}\\f0 \\'e9\\par`,
      ),
      ['paragraph | 한글é'],
    ));
  it('reads Unicode characters, and passes over what stands for them', async () =>
    assert.deepEqual(
      await blocks("\\uc1\\u-21504?\\u44033\\'3f{\\uc2\\u44032 ab}c\\u-10179?\\u-8704?\\par"),
      ['paragraph | 가각가c😀'],
    ));

  it('finds headings by styles and outline levels', async () => {
    const styles = `{\\stylesheet{Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2 ${hex('제목')} 2;}}`;
    assert.deepEqual(
      await blocks(
        `\\ansicpg949${styles}\\pard\\s1 A\\par\\pard\\s2 B\\par\\pard text\\par\\pard\\outlinelevel0 C\\par\\pard more\\par`,
      ),
      ['paragraph > A > B | text', 'paragraph > C | more'],
    );
  });
  it('reads tables row by row', async () =>
    assert.deepEqual(
      await blocks(
        '\\trowd\\intbl a\\par b\\cell\\intbl c\\cell\\row\\trowd\\intbl d\\cell\\row\\pard end\\par',
      ),
      ['table | a\nb\tc\nd', 'paragraph | end'],
    ));
  it('puts notes, comments and links after their paragraph, headers at the end', async () =>
    assert.deepEqual(
      await blocks(
        '{\\header head\\par}one{\\footnote note}{\\*\\atnauthor Kim}{\\*\\annotation said} {\\field{\\*\\fldinst HYPERLINK "https://a.example"}{\\fldrslt link}}\\par two\\par',
      ),
      ['one link', 'note', 'Kim', 'said', 'https://a.example', 'two', 'head'].map(
        text => `paragraph | ${text}`,
      ),
    ));
  it('passes over what is no text: pictures, tables of fonts, groups that it does not know, binary data', async () =>
    assert.deepEqual(
      await blocks(' a{\\pict\\pngblip 89504e47}{\\*\\unknown x{y}}{\\colortbl;\\red0;}b\\bin3 {}{c\\par'),
      ['paragraph | abc'],
    ));
  it('has properties as fields', async () => {
    const document = await readDocument(
      'a.rtf',
      rtf(`\\ansicpg949{\\info{\\title ${hex('보고서')}}{\\author Kim}{\\keywords a, b}}text\\par`),
    );
    assert.equal(document.title, '보고서');
    assert.deepEqual(document.keywords, ['a', 'b']);
    assert.equal(document.text.slice(0, document.fields).includes('creator: Kim'), true);
  });
  it('reads a document that ends in the middle', async () =>
    assert.deepEqual(blocksOf(await readDocument('a.rtf', Buffer.from("{\\rtf1 begun {\\b and\\'"))), [
      'paragraph | begun and',
    ]));
});
