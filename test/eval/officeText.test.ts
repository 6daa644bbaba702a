import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { textRunsOf } from './readers/officeText.ts';

describe('text runs of Office documents', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'runs-'))));
  after(() => rmSync(folder, { recursive: true }));

  const wordsOf = (extension: string, parts: Readonly<Record<string, string>>): string[] => {
    const file = path.join(folder, `document${extension}`);
    const entries = Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)] as const);
    writeFileSync(file, zipSync(Object.fromEntries(entries)));
    return textRunsOf(file, extension)!.split(/\s+/u).filter(Boolean);
  };

  it('joins the runs of a word and ends it at tabs and paragraphs; what stands twice is read once', () => {
    const xml =
      '<w:p><w:r><w:t>굵</w:t></w:r><w:r><w:t xml:space="preserve">은 &amp;</w:t><w:tab/><w:t>글</w:t></w:r></w:p>' +
      '<w:p><mc:AlternateContent><mc:Choice><w:t>상자</w:t></mc:Choice><mc:Fallback><w:t>상자</w:t></mc:Fallback></mc:AlternateContent></w:p>';
    const parts = {
      'word/document.xml': xml,
      'word/header1.xml': '<w:t>머리</w:t>',
      'word/styles.xml': '<w:t>없음</w:t>',
    };
    assert.deepEqual(wordsOf('.docx', parts), ['굵은', '&', '글', '상자', '머리']);
  });

  it('reads shared strings of a workbook, phonetic guides apart', () => {
    const strings =
      '<sst><si><t>豊田</t><rPh><t>トヨタ</t></rPh></si><si><r><t>둘</t></r><r><t>째</t></r></si></sst>';
    assert.deepEqual(wordsOf('.xlsx', { 'xl/sharedStrings.xml': strings }), ['豊田', 'トヨタ', '둘째']);
  });

  it('reads all text of an ODF document but dates of changes', () => {
    const xml = '<text:p>한 <text:span>글</text:span>자</text:p><dc:date>2026-01-02T03:04:05</dc:date>';
    assert.deepEqual(wordsOf('.odt', { 'content.xml': xml }), ['한', '글자']);
  });

  it('joins the runs of a word of an HWPX document that a change of the font or a field tears', () => {
    const xml =
      '<hp:p><hp:run><hp:t>재산</hp:t></hp:run><hp:run><hp:ctrl><hp:fieldEnd/></hp:ctrl><hp:t>분의<hp:tab width="1"/>셋</hp:t></hp:run></hp:p><hp:p><hp:t>넷</hp:t></hp:p>';
    assert.deepEqual(wordsOf('.hwpx', { 'Contents/section0.xml': xml }), ['재산분의', '셋', '넷']);
  });

  it('gives null for what is no archive', () => {
    const file = path.join(folder, 'broken.docx');
    writeFileSync(file, 'no zip');
    assert.equal(textRunsOf(file, '.docx'), null);
  });
});
