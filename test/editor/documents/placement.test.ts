import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { placePassage } from '../../../src/editor/documents/placement.ts';

/** The document's text at the place of `words` in the passage, as the tint would cover it. */
function covered(
  document: string,
  passage: Parameters<typeof placePassage>[1],
  words: string,
): string | null {
  const placement = placePassage(document, passage);
  const start = passage.text.indexOf(words);
  const range = placement?.toDocument({ start, end: start + words.length }) ?? null;
  return range === null ? null : document.slice(range.start, range.end);
}

describe('placePassage', () => {
  it('finds a passage at its line and column', () => {
    const document = '# 휴가\n\n- 연차는 3일 전에 신청한다.\n';
    assert.equal(
      covered(document, { line: 2, column: 2, text: '연차는 3일 전에 신청한다.' }, '신청'),
      '신청',
    );
  });

  it('maps a CRLF file onto a document that VS Code gave \\n line ends', () => {
    const passage = { line: 1, column: 0, text: '첫 줄\r\n둘째 줄 연차\r\n셋째 줄' };
    assert.equal(covered('제목\n첫 줄\n둘째 줄 연차\n셋째 줄\n', passage, '연차'), '연차');
  });

  it('maps a file of mixed line ends, a lone \\r among them', () => {
    const passage = { line: 0, column: 0, text: 'ㄱ\r\nㄴ\rㄷ\n연차' };
    assert.equal(covered('ㄱ\r\nㄴ\r\nㄷ\r\n연차\r\n', passage, '연차'), '연차');
  });

  it('finds a passage that edits above have moved', () => {
    const document = '새 문단\n새 문단\n\n# 휴가\n연차 신청\n';
    assert.equal(covered(document, { line: 1, column: 0, text: '연차 신청' }, '신청'), '신청');
  });

  it('takes the occurrence nearest to where the passage was', () => {
    const document = '연차\n가\n나\n다\n연차\n라\n';
    const placement = placePassage(document, { line: 3, column: 0, text: '연차' });
    assert.equal(placement?.start, document.lastIndexOf('연차'));
  });

  it('answers null when the passage was edited', () => {
    assert.equal(placePassage('연차 신 청', { line: 0, column: 0, text: '연차 신청' }), null);
  });

  it('answers null for a document read in the wrong encoding', () => {
    assert.equal(placePassage('����', { line: 0, column: 0, text: '연차' }), null);
  });

  it('keeps surrogate pairs and decomposed syllables whole', () => {
    const nfd = '연차'.normalize('NFD');
    const text = `🎉 ${nfd} 👩‍👩‍👧 끝`;
    assert.equal(covered(`머리\n${text}`, { line: 1, column: 0, text }, nfd), nfd);
    assert.equal(covered(`머리\n${text}`, { line: 1, column: 0, text }, '끝'), '끝');
  });

  it('does not take a composed document for a decomposed passage', () => {
    assert.equal(placePassage('연차', { line: 0, column: 0, text: '연차'.normalize('NFD') }), null);
  });

  it('leaves out a byte order mark, which the editor drops', () => {
    const passage = { line: 0, column: 0, text: '\uFEFF# 제목\n연차' };
    assert.equal(covered('# 제목\n연차', passage, '연차'), '연차');
  });

  it('refuses ranges outside the passage and empty ones', () => {
    const placement = placePassage('연차', { line: 0, column: 0, text: '연차' });
    assert.equal(placement?.toDocument({ start: 0, end: 3 }), null);
    assert.equal(placement?.toDocument({ start: -1, end: 1 }), null);
    assert.equal(placement?.toDocument({ start: 1, end: 1 }), null);
  });

  it('is not misled by a passage whose text repeats, for any text and any line ends', () => {
    const line = fc.stringMatching(/^[가-힣a-z 🎉]{1,8}$/u);
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, ends), { minLength: 3, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (lines, a, b) => {
          const first = a % lines.length;
          const last = first + (b % (lines.length - first));
          const document = lines.map(([text]) => text).join('\n');
          const raw = lines
            .slice(first, last + 1)
            .map(([text, end], index) => (first + index === last ? text : text + end))
            .join('');
          const placement = placePassage(document, { line: first, column: 0, text: raw });
          assert.ok(placement !== null);
          const wanted = raw.replace(/\r\n|\r/g, '\n');
          assert.equal(document.slice(placement.start, placement.end), wanted);
        },
      ),
    );
  });
});
