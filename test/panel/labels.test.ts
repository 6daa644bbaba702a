import assert from 'node:assert/strict';
import type { Group } from '../../media/panel/explain/groups.ts';
import { groupLabel, wordLabels } from '../../media/panel/explain/labels.ts';
import { fill, Numbers } from '../../media/panel/format.ts';
import { ENGLISH_PANEL_TEXT, KOREAN_PANEL_TEXT, panelText } from '../../media/panel/text.ts';
import { statusLine } from '../../media/panel/views/status.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import { HITS, IDLE, INDEXING, result } from './sample.ts';

const numbers = new Numbers('ko');
const { words, terms } = result(HITS);
const labels = wordLabels(words, terms);

function say(change: Partial<EngineStatus>): string {
  return statusLine({ ...IDLE, ...change }, KOREAN_PANEL_TEXT, numbers);
}

function placesOf(text: string): string {
  return [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
}

function label(group: Partial<Group>, places: readonly string[] = []): string {
  const plain = { key: 'k', word: 0, kind: 'literal', value: 1, tokens: [], count: 1, members: [] } as const;
  const whole: Group = { ...plain, ...group };
  return groupLabel(whole, labels, places, KOREAN_PANEL_TEXT, numbers.count);
}

describe('labels of bars', () => {
  it('names a query word by its term, without the particle', () => {
    assert.deepEqual(labels, ['연차', '며칠', '전에', '신청']);
  });

  it('keeps the word as typed where only a piece of one syllable stands in it', () => {
    const pieces = [{ id: 's:1' as const, token: '연', written: '연', weight: 2, word: 0, expansion: false }];
    assert.equal(wordLabels(words, pieces)[0], '연차는');
  });

  it('says what a literal match and an expansion matched', () => {
    assert.equal(label({ kind: 'literal', tokens: ['연차'] }), '연차');
    assert.equal(label({ kind: 'queryExpansion', word: 1, tokens: ['3일'] }), '며칠 → 3일');
    assert.equal(label({ kind: 'queryExpansion', word: 3, tokens: ['결재', '승인'] }), '신청 → 결재·승인');
  });

  it('names another form of a word as the engine does', () => {
    assert.equal(label({ kind: 'rewritten', tokens: ['회의록 (ㅎㅇㄹ)'] }), '회의록 (ㅎㅇㄹ)');
  });

  it('names a document expansion by the passage’s own words where there are some', () => {
    assert.equal(label({ kind: 'documentExpansion', word: 3, tokens: ['신청'] }), '신청');
    assert.equal(
      label({ kind: 'documentExpansion', word: 3, tokens: ['신청'] }, ['결재', '승인', '결재']),
      '신청 → 결재·승인',
    );
  });

  it('counts tokens beyond three, and what is left in the rest', () => {
    const tokens = ['결재', '승인', '제출', '허가', '접수'];
    assert.equal(label({ kind: 'queryExpansion', word: 3, tokens }), '신청 → 결재·승인·제출 외 2');
    assert.equal(label({ kind: 'rest', word: -1, count: 1234 }), '그 외 1,234개');
  });

  it('cuts a monstrous token without breaking a character', () => {
    const shown = label({ kind: 'queryExpansion', tokens: ['𠀀'.repeat(500)] });
    assert.ok(shown.length < 120 && !/\p{Surrogate}/u.test(shown));
  });
});

describe('numbers and sentences', () => {
  it('groups thousands and keeps decimals', () => {
    assert.equal(numbers.count(1204), '1,204');
    assert.equal(numbers.fixed(9.4, 2), '9.40');
    assert.equal(numbers.fixed(-0.0001, 2), '0.00');
    assert.equal(numbers.milliseconds(0.2), '1');
  });

  it('falls back for a language that is none', () => {
    assert.equal(new Numbers('no_such-language!').count(1204), '1,204');
  });

  it('fills places once, so that a value is never read as a place', () => {
    assert.equal(fill('“{0}” {1}', '{1}', '나'), '“{1}” 나');
    assert.equal(fill('{0} {7}', '가'), '가 {7}');
  });

  it('fits particles to the words before them, in the sentence alone', () => {
    assert.equal(fill('‘{0}’을(를) {1}(으)로', '신청', '회의'), '‘신청’을 회의로');
    assert.equal(fill('‘{0}’을(를)', '연차을(를)'), '‘연차을(를)’을(를)');
    assert.equal(fill('‘{0}’을(를)', ''), '‘’을(를)');
  });

  it('has the same places in both languages', () => {
    for (const key of Object.keys(KOREAN_PANEL_TEXT) as (keyof typeof KOREAN_PANEL_TEXT)[]) {
      assert.equal(placesOf(ENGLISH_PANEL_TEXT[key]), placesOf(KOREAN_PANEL_TEXT[key]), key);
      assert.notEqual(KOREAN_PANEL_TEXT[key], '', key);
    }
  });

  it('picks Korean for every ko tag and English for the others', () => {
    assert.equal(panelText('ko-KR'), KOREAN_PANEL_TEXT);
    assert.equal(panelText('kok'), ENGLISH_PANEL_TEXT);
    assert.equal(panelText('ja'), ENGLISH_PANEL_TEXT);
  });

  it('words the index’s state', () => {
    assert.equal(say({}), '1,204 문서 · 색인 완료');
    assert.equal(say(INDEXING), '색인 중 423/501 · 약 2분');
    assert.equal(say({ ...INDEXING, secondsLeft: 20 }), '색인 중 423/501 · 곧 끝남');
    assert.equal(say({ ...INDEXING, secondsLeft: null }), '색인 중 423/501');
    assert.equal(say({ ...INDEXING, secondsLeft: 3 * 3600 }), '색인 중 423/501 · 약 3시간');
    const model = { name: 'm', revision: 'r', license: 'MIT', dimensions: 3, fingerprint: 'f' };
    assert.equal(say({ ...INDEXING, model }), '글자 450/501 · 뜻 423/501 · 약 2분');
    assert.equal(say({ failed: 3 }), '1,204 문서 · 못 읽은 파일 3');
  });
});
