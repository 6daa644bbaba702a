import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readHwp } from '../../../src/readers/formats/hwp.ts';
import type { ReadDocument } from '../../../src/readers/readers.ts';
import { hwpx, zipOf } from './documents.ts';

async function read(bytes: Uint8Array): Promise<ReadDocument> {
  const result = await readHwp(bytes);
  assert(!('problem' in result), JSON.stringify(result));
  return result;
}

async function linesOf(...sections: string[]): Promise<string[]> {
  return (await read(hwpx(sections))).text.split('\n').filter(line => line !== '');
}

async function problemOf(bytes: Uint8Array): Promise<string | null> {
  const result = await readHwp(bytes);
  return 'problem' in result ? result.problem : null;
}

const p = (inside: string): string => `<hp:p><hp:run>${inside}</hp:run></hp:p>`;
const t = (text: string): string => `<hp:t>${text}</hp:t>`;
const subList = (text: string): string => `<hp:subList>${p(t(text))}</hp:subList>`;

describe('HWPX', () => {
  it('joins the runs of a word, and keeps tabs, breaks and blanks', async () => {
    const runs = `<hp:p><hp:run>${t('굵은')}</hp:run><hp:run>${t('글자')}</hp:run></hp:p>`;
    const marks = p(t('가<hp:tab/>나<hp:lineBreak/>다<hp:nbSpace/>라<hp:markpenBegin/>마<hp:markpenEnd/>바'));
    assert.deepEqual(await linesOf(runs + marks), ['굵은글자', '가\t나', '다 라마바']);
  });

  it('reads memos, notes, headers, hidden comments and text boxes', async () => {
    const memo = `<hp:ctrl><hp:fieldBegin type="MEMO"><hp:parameters><hp:stringParam>MEMO/1</hp:stringParam></hp:parameters>${subList('메모의 글')}</hp:fieldBegin></hp:ctrl>`;
    const others = ['footNote', 'endNote', 'header', 'footer', 'hiddenComment']
      .map(name => `<hp:ctrl><hp:${name}>${subList(`${name} 안`)}</hp:${name}></hp:ctrl>`)
      .join('');
    const box = `<hp:rect><hp:drawText>${subList('글상자')}</hp:drawText></hp:rect>`;
    assert.deepEqual(await linesOf(p(`${t('참가')}${memo}${t('신청')}${others}${box}`)), [
      '참가신청',
      '메모의 글',
      'footNote 안',
      'endNote 안',
      'header 안',
      'footer 안',
      'hiddenComment 안',
      '글상자',
    ]);
  });

  it('reads a table by rows, with its caption and a table within a cell', async () => {
    const cell = (inside: string): string => `<hp:tc><hp:subList>${inside}</hp:subList></hp:tc>`;
    const row = (...cells: string[]): string => `<hp:tr>${cells.map(cell).join('')}</hp:tr>`;
    const inner = p(`<hp:tbl>${row(p(t('안 1')), p(t('안 2')))}</hp:tbl>`);
    const table = p(
      `<hp:tbl><hp:caption>${subList('표의 제목')}</hp:caption>${row(p(t('가')) + p(t('나')), p(t('다')))}${row(p(t('라')), inner)}</hp:tbl>`,
    );
    assert.deepEqual(await linesOf(table), ['표의 제목', '가 나\t다', '라', '안 1\t안 2']);
  });

  it('reads equations, ruby, text art and forms', async () => {
    const line = p(
      `${t('식')}<hp:equation><hp:shapeComment>수식입니다.</hp:shapeComment><hp:script>x &lt; y</hp:script></hp:equation>` +
        `<hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal>` +
        `<hp:checkBtn caption="동의함"/><hp:edit><hp:text>1234</hp:text></hp:edit>`,
    );
    const art = p(
      '<hp:textart text="글맵시␍␊둘째 줄"><hp:shapeComment>사람들이 웃는 사진</hp:shapeComment></hp:textart>',
    );
    assert.deepEqual(await linesOf(line + art), [
      '식 x < y 본말 (덧말) 동의함 1234',
      '글맵시',
      '둘째 줄',
      '사람들이 웃는 사진',
    ]);
  });

  it('follows the spine, and numbers sections by it', async () => {
    const opf =
      '<opf:package><opf:metadata><opf:title>보고서</opf:title><opf:meta name="creator" content="text">홍길동</opf:meta>' +
      '<opf:meta name="CreatedDate" content="text">2026-01-02T03:04:05Z</opf:meta></opf:metadata><opf:manifest>' +
      '<opf:item id="a" href="Contents/section1.xml"/><opf:item id="b" href="Contents/section0.xml"/></opf:manifest>' +
      '<opf:spine><opf:itemref idref="a"/><opf:itemref idref="b"/></opf:spine></opf:package>';
    const { text, fields, title, places } = await read(
      hwpx([p(t('나중')), p(t('먼저'))], { 'Contents/content.hpf': opf }),
    );
    assert.equal(text.slice(0, fields), '제목: 보고서\n지은이: 홍길동\n만든 날짜: 2026-01-02\n');
    assert.equal(text.slice(fields), '먼저\n\n나중\n\n');
    assert.equal(title, '보고서');
    assert.deepEqual(places.at(-1)?.location, { kind: 'section', section: 2, paragraph: 1 });
  });

  it('takes outline shapes and styles for headings', async () => {
    const header =
      '<hh:head><hh:paraPr id="7"><hh:heading type="OUTLINE" level="1"/></hh:paraPr>' +
      '<hh:style id="3" name="개요 1" engName="Outline 1"/></hh:head>';
    const section =
      `<hp:p styleIDRef="3" paraPrIDRef="0"><hp:run>${t('제1장')}</hp:run></hp:p>` +
      `<hp:p styleIDRef="0" paraPrIDRef="7"><hp:run>${t('제1절')}</hp:run></hp:p>${p(t('글'))}`;
    const { blocks } = await read(hwpx([section], { 'Contents/header.xml': header }));
    assert.deepEqual(
      blocks.map(({ headings }) => headings),
      [['제1장', '제1절']],
    );
  });

  it('writes the numbers of paragraphs, in headings too', async () => {
    const head = (level: number, shape: string, format: string): string =>
      `<hh:paraHead level="${level}" start="1" numFormat="${shape}">${format}</hh:paraHead>`;
    const header =
      `<hh:head><hh:numbering id="2">${head(1, 'DIGIT', '제^1조')}</hh:numbering>` +
      `<hh:numbering id="1">${head(1, 'ROMAN_CAPITAL', '^1.')}${head(2, 'HANGUL_SYLLABLE', '^2.')}</hh:numbering>` +
      '<hh:paraPr id="5"><hh:heading type="OUTLINE" level="0"/></hh:paraPr>' +
      '<hh:paraPr id="6"><hh:heading type="NUMBER" idRef="2" level="0"/></hh:paraPr></hh:head>';
    const numbered = (shape: number, text: string): string =>
      `<hp:p paraPrIDRef="${shape}"><hp:run><hp:secPr outlineShapeIDRef="1"/>${t(text)}</hp:run></hp:p>`;
    const section = [
      numbered(5, '총칙'),
      numbered(6, '(목적)'),
      numbered(6, '(정의)'),
      numbered(5, '보칙'),
    ].join('');
    const { text, blocks } = await read(hwpx([section], { 'Contents/header.xml': header }));
    assert.equal(text, 'I. 총칙\n\n제1조 (목적)\n\n제2조 (정의)\n\nII. 보칙\n\n');
    assert.deepEqual(blocks[0]?.headings, ['I. 총칙']);
  });

  it('writes bullets before paragraphs, those of fonts of signs as a dot', async () => {
    const header =
      '<hh:head><hh:bullet id="1" char="※" useImage="0"/><hh:bullet id="2" char="\uf09f"/>' +
      '<hh:paraPr id="5"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>' +
      '<hh:paraPr id="6"><hh:heading type="BULLET" idRef="2" level="0"/></hh:paraPr></hh:head>';
    const bulleted = (shape: number, text: string): string =>
      `<hp:p paraPrIDRef="${shape}"><hp:run>${t(text)}</hp:run></hp:p>`;
    const section = bulleted(5, '참고') + bulleted(6, '항목') + bulleted(5, '');
    const { text, blocks } = await read(hwpx([section], { 'Contents/header.xml': header }));
    assert.equal(text, '※ 참고\n\n• 항목\n\n');
    assert.deepEqual(blocks[0]?.headings, []);
  });

  it('says that a document has a password', async () => {
    const manifest =
      '<odf:manifest><odf:file-entry full-path="Contents/section0.xml"><odf:encryption-data/></odf:file-entry></odf:manifest>';
    assert.equal(await problemOf(hwpx([p(t('글'))], { 'META-INF/manifest.xml': manifest })), 'encrypted');
  });

  it('refuses what is no document', async () => {
    assert.equal(await problemOf(zipOf({ 'word/document.xml': '<w:document/>' })), 'damaged');
  });

  it('reads an archive whose directory is cut off', async () => {
    const whole = hwpx([p(t('글이 남는다'))]);
    const { text } = await read(whole.slice(0, whole.length - 60));
    assert.equal(text, '글이 남는다\n\n');
  });

  it('expands no entities of a document type', async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "하하하하하하하하"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><hs:sec><hp:p><hp:run><hp:t>&b;끝</hp:t></hp:run></hp:p></hs:sec>';
    const { text } = await read(zipOf({ 'Contents/section0.xml': bomb }));
    assert(text.length < 40 && text.includes('끝'));
  });

  it('refuses a part that unpacks to more than is read of one', async () => {
    assert.equal(await problemOf(hwpx([' '.repeat(65 * 1024 * 1024)])), 'unpacksTooLarge');
  }).timeout(60_000);

  it('loses no text to nesting deeper than any document has', async () => {
    const depth = 3000;
    const open = '<hp:p><hp:run><hp:t>가</hp:t><hp:subList>'.repeat(depth);
    const { text } = await read(
      hwpx([`${open}${p(t('속'))}${'</hp:subList></hp:run></hp:p>'.repeat(depth)}`]),
    );
    assert(text.includes('속'));
    assert.equal(text.match(/가/gu)?.length, depth);
  }).timeout(60_000);

  it('refuses nesting that would fill the memory', async () => {
    assert.equal(await problemOf(hwpx(['<hp:p><hp:run><hp:tbl>'.repeat(200_000)])), 'damaged');
  });

  it('ends in text or a reason, whatever bytes are changed', async () => {
    const file = hwpx([p(`${t('글')}<hp:tbl><hp:tr><hp:tc>${subList('칸')}</hp:tc></hp:tr></hp:tbl>`)]);
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(changes, async edits => {
        const bytes = file.slice();
        for (const [at, byte] of edits) bytes[at] = byte;
        const result = await readHwp(bytes);
        assert('problem' in result || typeof result.text === 'string');
      }),
    );
  });
});
