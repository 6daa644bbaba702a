import assert from 'node:assert/strict';
import { UnpackBudget } from '../../../src/readers/formats/zip/unpackBudget.ts';
import { docx, odf, p, pptx, readResult, relations, xlsx, zipped, type Parts } from './building.ts';

const MEGABYTE = 1024 * 1024;

/** A part that no text is packed as tightly as. */
const spaces = (start: string, end: string): Uint8Array =>
  Buffer.concat([Buffer.from(start), Buffer.alloc(5 * MEGABYTE, ' '), Buffer.from(end)]);

async function problemOf(name: string, bytes: Uint8Array): Promise<string> {
  const result = await readResult(name, bytes);
  return 'problem' in result ? result.problem : `text of ${result.text.length}`;
}

describe('hostile documents', () => {
  it('that unpack to too much are refused with that reason', async () => {
    assert.equal(
      await problemOf('a.docx', docx('', { 'word/document.xml': spaces('<w:document>', '</w:document>') })),
      'unpacksTooLarge',
    );
    assert.equal(
      await problemOf('a.xlsx', xlsx([['가', '']], { 'xl/sharedStrings.xml': spaces('<sst>', '</sst>') })),
      'unpacksTooLarge',
    );
    assert.equal(
      await problemOf('a.pptx', pptx([''], { 'ppt/slides/slide1.xml': spaces('<p>', '</p>') })),
      'unpacksTooLarge',
    );
    assert.equal(
      await problemOf('a.odt', odf('', { 'content.xml': spaces('<a>', '</a>') })),
      'unpacksTooLarge',
    );
    const container = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>';
    const book = { 'META-INF/container.xml': container, 'a.opf': spaces('<package>', '</package>') };
    assert.equal(await problemOf('a.epub', zipped(book)), 'unpacksTooLarge');
  });

  it('with a bomb in each of many parts end at what all may unpack to', async () => {
    const slide = `<p>${Array.from({ length: 20_000 }, (_, i) => `<a:br n="${i * 7_919}"/>`).join('')}</p>`;
    const slides = Array.from({ length: 30 }, () => '');
    const parts = Object.fromEntries(slides.map((_, i) => [`ppt/slides/slide${i + 1}.xml`, slide] as const));
    const budget = new UnpackBudget(MEGABYTE, 4 * MEGABYTE);
    assert.deepEqual(await readResult('a.pptx', pptx(slides, parts), { budget }), {
      problem: 'unpacksTooLarge',
      detail: 'a part',
    });
  });
  it('share what they may unpack to with what they embed', async () => {
    const words = Array.from({ length: 20_000 }, (_, i) => String(i * 7_919)).join(' ');
    const names = Array.from({ length: 20 }, (_, i) => `embeddings/${i}.docx`);
    const parts: Record<string, string | Uint8Array> = {
      'word/_rels/document.xml.rels': relations(names.map((name, i) => [`e${i}`, 'package', name] as const)),
    };
    for (const name of names) parts[`word/${name}`] = docx(p(words));
    const budget = new UnpackBudget(4 * MEGABYTE, 2 * MEGABYTE);
    const result = await readResult('a.docx', docx(p('겉'), parts), { budget });
    assert.ok(!('problem' in result) && result.text.startsWith('겉') && result.text.length < 2 * MEGABYTE);
  });

  it('of entities expand nothing', async () => {
    const entities = Array.from({ length: 40 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};">`).join('');
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><w:document xmlns:w="w"><w:body>${p('앞')}<w:p><w:r><w:t>&l40;</w:t></w:r></w:p></w:body></w:document>`;
    const result = await readResult('a.docx', docx('', { 'word/document.xml': bomb }));
    assert.ok(!('problem' in result) && result.text.includes('앞') && result.text.length < 200);
  });

  it('nested without end are refused, or read as far as a person would', async () => {
    const deep = (tag: string): string => `<${tag}>`.repeat(200_000);
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['a.docx', docx(deep('w:tbl'))],
      ['a.docx', docx(deep('w:p'))],
      ['a.docx', docx(deep('w:txbxContent'))],
      ['a.xlsx', xlsx([['가', deep('row')]])],
      ['a.pptx', pptx([deep('p:sp')])],
      ['a.odt', odf(deep('text:list-item'))],
    ];
    for (const [name, bytes] of cases) assert.equal(await problemOf(name, bytes), 'damaged', name);
    const page = await readResult(
      'a.html',
      Buffer.from(`앞${'<div>'.repeat(300_000)}${'</x>'.repeat(300_000)}`),
    );
    assert.ok(!('problem' in page) && page.text.includes('앞'));
    assert.equal(page.remark?.reason, 'partlyUnreadable');
    assert.equal(await problemOf('a.rtf', Buffer.from(`{\\rtf1 ${'{'.repeat(300_000)}`)), 'damaged');
  });

  it('that are one line without end cost no more than themselves', async () => {
    const many = 300_000;
    const link = '<w:hyperlink w:anchor="x" r:id="h"><w:r><w:t>a</w:t></w:r></w:hyperlink>';
    const field = (i: number): string => `\u0013 HYPERLINK "http://${i}"\u0014a\u0015`;
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['a.docx', docx(p(`a${' '.repeat(many)}b${'&#10;'.repeat(many)}c`))],
      ['a.docx', docx(`<w:p>${link.repeat(50_000)}</w:p>`)],
      ['a.html', Buffer.from('<b>x </b>'.repeat(many))],
      ['a.html', Buffer.from(Array.from({ length: 100_000 }, (_, i) => `<i title="${i}">x</i>`).join(''))],
      ['a.html', Buffer.from('<meta'.repeat(many))],
      ['a.org', Buffer.from(`* a${' '.repeat(many)}b`)],
      ['a.adoc', Buffer.from(`= a${' ='.repeat(many)}b`)],
      ['a.csv', Buffer.from(`,"`.repeat(many))],
      ['a.csv', Buffer.from('"'.repeat(many))],
      ['a.rtf', Buffer.from(`{\\rtf1 ${'{\\footnote x}'.repeat(100_000)}}`)],
      ['a.py', Buffer.from(`"`.repeat(many))],
      ['a.srt', Buffer.from('1\n'.repeat(many))],
      ['a.doc', Buffer.from(Array.from({ length: 50_000 }, (_, i) => field(i)).join(''))],
      ['a.eml', Buffer.from(`Subject: ${'=?euc-kr?B?sKE='.repeat(50_000)}\n\nx`)],
    ];
    for (const [name, bytes] of cases) assert.notEqual(await problemOf(name, bytes), '', name);
  });

  it('that point at themselves end', async () => {
    const loop: Parts = {
      'word/_rels/document.xml.rels': relations([
        ['a', 'header', 'document.xml'],
        ['b', 'package', 'document.xml'],
      ]),
    };
    assert.match(await problemOf('a.docx', docx(p('글'), loop)), /text/u);
    const slide: Parts = { 'ppt/slides/_rels/slide1.xml.rels': relations([['c', 'chart', 'slide1.xml']]) };
    assert.match(await problemOf('a.pptx', pptx(['<c:chart xmlns:c="c" r:id="c"/>'], slide)), /text/u);
  });

  it('that repeat a cell a billion times count it once', async () => {
    const cell =
      '<table:table-cell table:number-columns-repeated="1000000000"><text:p>값</text:p></table:table-cell>';
    const row = `<table:table-row table:number-rows-repeated="1000000000">${cell}</table:table-row>`;
    const body = `<office:spreadsheet><table:table table:name="가">${row}${row}</table:table></office:spreadsheet>`;
    assert.match(await problemOf('a.ods', odf(body)), /text of \d{1,2}$/u);
    const blanks = '<office:text><text:p>앞<text:s text:c="1000000000"/>뒤</text:p></office:text>';
    assert.match(await problemOf('a.odt', odf(blanks)), /text of \d{1,4}$/u);
  });

  it('that are not what their names say are refused as damaged, empty ones as empty', async () => {
    for (const name of ['a.docx', 'a.xls', 'a.ppt', 'a.odt', 'a.epub', 'a.eml']) {
      assert.equal(await problemOf(name, Buffer.from([1, 2, 3, 4, 5, 250, 251])), 'damaged', name);
      assert.equal(await problemOf(name, new Uint8Array()), 'empty', name);
    }
    assert.equal(await problemOf('a.docx', zipped({ 'readme.txt': '글' })), 'damaged');
  });

  it('have more text than is read of one: it is cut, and said', async () => {
    const paragraphs = Array.from({ length: 17_500 }, (_, i) => p(`${i * 7_919} `.repeat(120)));
    const result = await readResult('a.docx', docx(paragraphs.join('')));
    assert.ok(!('problem' in result));
    assert.equal(result.isCut, true);
    assert.equal(result.text.length, 16 * MEGABYTE);
  }).timeout(60_000);
});
