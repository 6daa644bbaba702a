import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readPdf } from '../../../src/readers/formats/pdf.ts';
import { withoutBombs } from '../../../src/readers/formats/pdf/prepare/bombs.ts';
import type { ReadDocument } from '../../../src/readers/readers.ts';
import { FIRST_EXTRA, mappedFont, mappedLines, pdf, type PdfOptions, type PdfText } from './pdfFile.ts';

async function read(options: PdfOptions): Promise<ReadDocument> {
  const result = await readPdf(pdf(options));
  assert(!('problem' in result), JSON.stringify(result));
  return result;
}

async function problemOf(bytes: Uint8Array): Promise<string | null> {
  const result = await readPdf(bytes);
  return 'problem' in result ? result.problem : null;
}

/** Lines of a paragraph one below the other. */
function lines(texts: readonly string[], x = 50, top = 700): PdfText[] {
  return texts.map((text, i) => ({ text, x, y: top - 12 * i }));
}

describe('PDF', () => {
  it('reads pages with their numbers', async () => {
    const { text, places } = await read({ pages: [lines(['First page']), lines(['Second page'])] });
    assert.equal(text, 'First page\n\nSecond page\n\n');
    assert.deepEqual(places, [
      { start: 0, location: { kind: 'page', page: 1 } },
      { start: 12, location: { kind: 'page', page: 2 } },
    ]);
  });

  it('puts the lines of a paragraph and a hyphenated word together', async () => {
    const texts = [
      'The quick brown fox jumps over the lazy dog and then it con-',
      'tinues on the next line, which is about as long as the first',
      'and ends here.',
    ];
    const { text } = await read({ pages: [lines(texts)] });
    assert.equal(
      text,
      'The quick brown fox jumps over the lazy dog and then it continues on the next line, which is about as long as the first and ends here.\n\n',
    );
  });

  it('begins a paragraph after a gap and at the mark of a list', async () => {
    const { text } = await read({
      pages: [[...lines(['1. one thing', '2. another thing']), ...lines(['Far below'], 50, 600)]],
    });
    assert.equal(text, '1. one thing\n\n2. another thing\n\nFar below\n\n');
  });

  it('reads two columns one after the other though they are drawn across', async () => {
    const row = (i: number): PdfText[] => [
      { text: `left column, its line number ${i} of many`, x: 50, y: 700 - 12 * i },
      { text: `right column, its line number ${i} of many`, x: 320, y: 700 - 12 * i },
    ];
    const { text } = await read({ pages: [Array.from({ length: 8 }, (_, i) => row(i)).flat()] });
    assert(text.indexOf('left column, its line number 7') < text.indexOf('right column, its line number 0'));
  });

  it('reads text once that is drawn twice to look bold, and takes texts over one another apart', async () => {
    const bold = ['Notice of', 'of', 'bids'];
    const drawn = (x: number, y: number): PdfText[] => [
      { text: bold[0]!, x, y },
      { text: bold[1]!, x: x + 60, y },
      { text: bold[2]!, x: x + 80, y },
    ];
    const over = ['First version', 'Second version'].map(text => ({ text, x: 50, y: 600 }));
    const { text } = await read({ pages: [[...drawn(50, 700), ...drawn(50.4, 699.8), ...over]] });
    assert.equal(text, 'Notice of\tof bids\n\nFirst version\n\nSecond version\n\n');
  });

  it('knows the letters of variants and ligatures by the names of their glyphs', async () => {
    const names = '/o /f_f_i /c /e /one.oldstyle /nine.oldstyle /T_h /.notdef';
    const font = `<< /Type /Font /Subtype /Type1 /BaseFont /Some /Encoding << /Differences [65 ${names}] >> >>`;
    const page = [{ text: 'ABCD EFE', x: 50, y: 700 }];
    assert.equal((await read({ pages: [page], font })).text, 'office 191\n\n');
    const packed = Buffer.concat([deflateSync(`1 0 << /Differences [65 ${names}] >>`), Buffer.alloc(20)]);
    const object = `1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
    const file = Buffer.concat([Buffer.from(object), packed, Buffer.from('\nendstream endobj')]);
    const prepared = Buffer.from(withoutBombs(file)).subarray(object.length);
    assert.match(
      inflateSync(prepared).toString('latin1'),
      /\/o \/ffi \/c \/e \/one \/nine \/T_h \/.notdef {20,}\]/u,
    );
    assert.equal(prepared.length, file.length - object.length);
  });

  it('keeps a table by its rows', async () => {
    const row = (i: number): PdfText[] =>
      ['a', 'b', 'c'].map((name, j) => ({ text: `${name}${i}`, x: 50 + 150 * j, y: 700 - 12 * i }));
    const { text, blocks } = await read({ pages: [Array.from({ length: 8 }, (_, i) => row(i)).flat()] });
    assert(text.startsWith('a0\tb0\tc0\na1\tb1\tc1\n'));
    assert.equal(blocks[0]?.kind, 'table');
  });

  it('keeps a listing as it stands', async () => {
    const listing = ['if (a) {', 'b();', '}'].map((text, i) => ({
      text,
      x: i === 1 ? 62 : 50,
      y: 700 - 12 * i,
    }));
    const { text, blocks } = await read({
      pages: [listing],
      font: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
    });
    assert.equal(text, 'if (a) {\n  b();\n}\n\n');
    assert.equal(blocks[0]?.kind, 'code');
  });

  it('makes headings of the outline, with their numbers on the page, and says none twice', async () => {
    const { text, blocks, title } = await read({
      pages: [
        [...lines(['1.1 Setting up'], 50, 700), ...lines(['How it is done.'], 50, 660)],
        lines(['More of it.']),
      ],
      outline: [
        { title: 'Setting up', page: 0, top: 715 },
        { title: 'Next', page: 1, top: 790 },
      ],
    });
    assert.equal(text, '1.1 Setting up\n\nHow it is done.\n\nNext\n\nMore of it.\n\n');
    assert.deepEqual(
      blocks.map(({ headings }) => headings),
      [['1.1 Setting up'], ['Next']],
    );
    assert.equal(title, '1.1 Setting up');
  });

  it('reads comments, text boxes and what forms are filled in with', async () => {
    const { text } = await read({
      pages: [lines(['Body'])],
      annotations: [
        '<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (Please check) /T (Kim) >>',
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU (Your name) /V (Hong Gildong) /Rect [10 40 90 60] >>',
      ],
    });
    for (const words of ['Please check', 'Kim', 'Hong Gildong', 'Your name'])
      assert(text.includes(words), words);
  });

  it('reads what stands on a button', async () => {
    const drawing = 'BT /F1 10 Tf 5 5 Td (Send the) Tj 0 -12 Td (form) Tj ET';
    const { text } = await read({
      pages: [lines(['Body'])],
      extra: [
        `<< /Type /XObject /Subtype /Form /BBox [0 0 80 30] /Resources << /Font << /F1 3 0 R >> >> /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ],
      annotations: [
        `<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (b) /Rect [10 40 90 70] /A << /S /Named /N /Print >> /MK << /CA (Send the form) >> /AP << /N ${FIRST_EXTRA} 0 R >> >>`,
      ],
    });
    assert.equal(text, 'Body\n\nSend the form\n\n');
  });

  it('gives properties as fields', async () => {
    const { text, fields, title, keywords } = await read({
      pages: [lines(['Body'])],
      info: { Title: 'Report', Author: 'Hong', Keywords: 'budget, plan', CreationDate: 'D:20260102030405Z' },
    });
    assert.equal(
      text.slice(0, fields),
      '제목: Report\n지은이: Hong\n만든 날짜: 2026-01-02\n찾아볼 말: budget, plan\n',
    );
    assert.equal(title, 'Report');
    assert.deepEqual(keywords, ['budget', 'plan']);
  });

  it('joins a Korean word that a line ends in, by how the document writes it elsewhere', async () => {
    const texts = [
      '그가 설치 프로그램은 새로 만든 프로그램이 아니다 그 뒤에 다시 그 설치 프',
      '로그램은 그대로 쓴다 그리고 나서 그 설치 프로그램은 다시 쓴다 그 설치',
      '프로그램은 끝났다',
    ];
    const letters = [...new Set(texts.join(''))].join('');
    const content = mappedLines(
      letters,
      texts.map((text, i) => ({ text, x: 50, y: 700 - 12 * i })),
    );
    const { text } = await read({ pages: [content], ...mappedFont(letters) });
    assert(text.includes('다시 그 설치 프로그램은 그대로'), text);
    assert(text.includes('다시 쓴다 그 설치 프로그램은 끝났다'), text);
  });

  it('says that pages are pictures', async () => {
    const picture =
      '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream';
    assert.equal(await problemOf(pdf({ pages: [''], extra: [picture] })), 'needsOcr');
    const { remark } = await read({ pages: [lines(['Cover']), '', ''], extra: [picture] });
    assert.deepEqual(remark, { reason: 'needsOcr', detail: '2/3' });
    assert.equal(FIRST_EXTRA, 4);
  });

  it('gives no text of a blank page, and its properties', async () => {
    const { text, blocks } = await read({ pages: [''], info: { Author: 'Hong' } });
    assert.equal(text, '지은이: Hong\n');
    assert.deepEqual(blocks, []);
  });

  it('says that fonts do not tell which letters they draw', async () => {
    const wrong = {
      privateUse: '\ue000\ue001\ue002\ue003',
      blanksAsControls: '\u0003\u0001ABC\u0002DE',
      scattered: 'БגبকଓతಕഅกກཀကႠአ',
    };
    for (const [name, letters] of Object.entries(wrong)) {
      const content = mappedLines(letters, [{ text: letters.repeat(4), x: 50, y: 700 }]);
      assert.equal(
        await problemOf(pdf({ pages: [content], ...mappedFont(letters) })),
        'unreadableFonts',
        name,
      );
    }
    const thai = 'สวัสดีชาวโลก';
    const content = mappedLines(thai, [{ text: thai, x: 50, y: 700 }]);
    assert.equal(await problemOf(pdf({ pages: [content], ...mappedFont(thai) })), null);
  });

  it('reads a Korean font that only names its character map', async () => {
    const codes = Buffer.from(iconv.encode('한글 문서', 'cp949')).toString('hex');
    const font =
      '<< /Type /Font /Subtype /Type0 /BaseFont /Batang /Encoding /KSCms-UHC-H /DescendantFonts [4 0 R] >>';
    const descendant =
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Batang /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 5 0 R >>';
    const descriptor =
      '<< /Type /FontDescriptor /FontName /Batang /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>';
    const { text } = await read({
      pages: [`BT /F1 10 Tf 50 700 Td <${codes}> Tj ET`],
      font,
      extra: [descendant, descriptor],
    });
    assert.equal(text, '한글 문서\n\n');
  });

  it('keeps the letters of an Arabic ligature in their order, and writes ligatures as letters', async () => {
    const letters = '\u062e\ufccb\ufb01';
    const page = mappedLines(letters, [
      { text: '\ufccb\u062e', x: 50, y: 700 },
      { text: '\ufb01', x: 50, y: 600 },
    ]);
    const { text } = await read({ pages: [page], ...mappedFont(letters) });
    assert.equal(text, '\u062e\u0644\u062e\n\nfi\n\n');
  });

  it('takes ranges of characters that no font has for what they are, packed and not', async () => {
    const letters = '한글문서';
    const content = mappedLines(letters, [{ text: letters, x: 50, y: 700 }]);
    const { font, extra } = mappedFont(letters);
    const [descendant = '', map = '', ...others] = extra!;
    const range = 'endbfchar 1 beginbfrange <00000030> <00ffff00> <0041> endbfrange';
    const huge = /stream\n(.*)\nendstream/su.exec(map)![1]!.replace('endbfchar', range);
    const packed = deflateSync(huge).toString('latin1');
    for (const stream of [
      `<< /Length ${huge.length} >>\nstream\n${huge}\nendstream`,
      `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`,
    ]) {
      const { text } = await read({ pages: [content], font: font!, extra: [descendant, stream, ...others] });
      assert.equal(text, `${letters}\n\n`);
    }
    const widths = descendant.replace('/DW', '/W [1 4000000000 500] /DW');
    const { text } = await read({ pages: [content], font: font!, extra: [widths, map, ...others] });
    assert.equal(text, `${letters}\n\n`);
  });

  it('refuses a stream that unpacks to more than any page, packed once or again', async () => {
    const drawing = deflateSync(
      Buffer.concat([
        Buffer.from('BT /F1 10 Tf 50 700 Td (Body) Tj ET'),
        Buffer.alloc(130 * 1024 * 1024, ' '),
      ]),
    );
    for (const [filters, packed] of [
      ['/FlateDecode', drawing],
      ['[/FlateDecode /FlateDecode]', deflateSync(drawing)],
    ] as const) {
      const file = Buffer.from(pdf({ pages: ['CONTENT'] })).toString('latin1');
      const stream = `<< /Length ${packed.length} /Filter ${filters} >>\nstream\n${packed.toString('latin1')}`;
      const bytes = Buffer.from(
        file.replace('<< /Length 7 >>\nstream\nCONTENT', () => stream),
        'latin1',
      );
      assert.equal(await problemOf(Uint8Array.from(bytes)), 'unpacksTooLarge');
    }
  }).timeout(60_000);

  it('has no picture decoded, whatever a damaged document takes it for', () => {
    const file = new TextEncoder().encode(
      '<< /Filter [/FlateDecode /JBIG2Decode] >> << /Filter /JPXDecode >>',
    );
    const text = new TextDecoder().decode(withoutBombs(file));
    assert.equal(text, '<< /Filter [/FlateDecode /XBIG2Decode] >> << /Filter /XPXDecode >>');
  });
  it('refuses what is no PDF, and a truncated one without pages', async () => {
    assert.equal(await problemOf(new TextEncoder().encode('그냥 글')), 'damaged');
    assert.equal(await problemOf(new Uint8Array()), 'empty');
    assert.equal(await problemOf(new TextEncoder().encode('SCDSA004 and more')), 'drm');
    assert.equal(await problemOf(pdf({ pages: [lines(['x'])] }).slice(0, 40)), 'damaged');
  });

  it('does not take the bytes that it is given', async () => {
    const bytes = pdf({ pages: [lines(['Body'])] });
    const before = bytes.slice();
    await readPdf(bytes);
    assert.deepEqual(bytes, before);
  });

  it('ends in text or a reason, whatever bytes are changed', async () => {
    const file = pdf({
      pages: [lines(['One line', 'and another'])],
      outline: [{ title: 'A', page: 0, top: 1 }],
    });
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(changes, async edits => {
        const bytes = file.slice();
        for (const [at, byte] of edits) bytes[at] = byte;
        const result = await readPdf(bytes);
        assert('problem' in result || typeof result.text === 'string');
      }),
      { seed: 20260102, numRuns: 60 },
    );
  }).timeout(60_000);
});
