/** What a click on a chip makes of the query's text, and what the engine reads in it then. */
import assert from 'node:assert/strict';
import { panelText } from '../../media/panel/text.ts';
import { fittingChips, steerChips, type SteerChip } from '../../media/panel/steer/chips.ts';
import { pinned, toggled, weighed, withWord, withoutWord } from '../../media/panel/steer/edits.ts';
import { Steps } from '../../media/panel/steer/steps.ts';
import { analyzeQuery } from '../../src/search/query/analyzeQuery.ts';
import { shownTerms } from '../../src/search/query/encodedQuery.ts';
import { vectorOf } from '../fakes/records.ts';

const NAMES = ['연차', '휴가', '결재', '휴가', '일 전'];
const VECTOR = vectorOf({ 0: 4, 3: 2, 4: 1 }, { 0: 0, 3: 0, 4: 1 });
const FIELDS = { dimension: '뜻', added: '낱말' };

/** The chips of a query as the panel gets them from the engine. */
function chipsOf(query: string): readonly SteerChip[] {
  const analyzed = analyzeQuery(query, { lexicon: null, now: new Date(2026, 10, 25) });
  const encoded = analyzed.withVector(VECTOR, NAMES);
  const { words } = encoded;
  return steerChips(
    { words, terms: shownTerms(encoded), chips: analyzed.parsed.chips },
    words.map(({ text }) => text),
  );
}

function chip(query: string, name: string): SteerChip {
  const found = chipsOf(query).find(each => each.name === name);
  assert.ok(found !== undefined, `${name} in ${query}`);
  return found;
}

function shown(query: string): readonly string[] {
  return chipsOf(query).map(
    ({ kind, name, weight, own }) => `${kind} ${name} ${weight}${own === null ? '' : '!'}`,
  );
}

describe('chips of a query', () => {
  it('are its words, and what the model added', () => {
    assert.deepEqual(shown('연차 신청'), [
      'word 연차 1',
      'word 신청 1',
      'dimension 휴가 2',
      'dimension 일 전 1',
    ]);
  });

  it('say what was changed, also what was turned off and what was added', () => {
    assert.deepEqual(shown('연차^2 신청 뜻:휴가^0 뜻:결재^3 낱말:승인^1.5'), [
      'word 연차 2!',
      'word 신청 1',
      'word 승인 1.5!',
      'dimension 결재 3!',
      'dimension 일 전 1',
      'dimension 휴가 0!',
    ]);
  });

  it('are none for a word whose weight can’t be written', () => {
    assert.deepEqual(shown('x 신청')[0], 'word 신청 1');
  });

  it('stand in a line as far as they fit', () => {
    const chips = [{ name: '연차' }, { name: '신청' }, { name: 'kubernetes' }];
    assert.equal(fittingChips(chips, 100), 3);
    assert.equal(fittingChips(chips, 30), 2);
    assert.equal(fittingChips(chips, 1), 1);
  });
});

describe('a chip’s weight', () => {
  const weigh = (query: string, name: string, weight: number): string =>
    weighed(query, chip(query, name), weight, FIELDS);

  for (const [query, name, weight, wanted] of [
    ['연차는  며칠', '연차', 2, '연차는^2  며칠'],
    ['연차는^2 며칠', '연차', 3.5, '연차는^3.5 며칠'],
    ['연차는^2 며칠', '연차', 1, '연차는 며칠'],
    ['연차는^2 며칠', '연차', 0, '연차는^0 며칠'],
    ['며칠 "연차 신청"을', '연차', 2, '며칠 "연차 신청"^2을'],
    ['며칠 "연차 신청"^2을', '신청', 1, '며칠 "연차 신청"을'],
    ['+연차 며칠', '연차', 2, '+연차^2 며칠'],
    ['연차 낱말:결재^1', '결재', 2, '연차 낱말:결재^2'],
    ['연차 낱말:결재^2', '결재', 1, '연차 낱말:결재^1'],
    ['연차 며칠', '휴가', 1.234, '연차 며칠 뜻:휴가#3^1.23'],
    ['연차 뜻:휴가#3^1.2 며칠', '휴가', 50, '연차 뜻:휴가#3^8'],
    ['연차 며칠', '일 전', 0, '연차 며칠 뜻:#4^0'],
    ['연차 며칠', '휴가', -1, '연차 며칠 뜻:휴가#3^0'],
  ] as const)
    it(`${query}: ${name} at ${weight} is ${wanted}`, () => {
      const edited = weigh(query, name, weight);
      assert.equal(edited.replace(/ 며칠$/u, ''), wanted.replace(/ 며칠$/u, ''));
      const [before, after] = [query, edited].map(text =>
        analyzeQuery(text, { lexicon: null, now: new Date() }),
      );
      assert.equal(after!.asked, before!.asked, 'the model reads what it read');
    });

  it('is kept or given back', () => {
    const kept = pinned('연차', chip('연차', '휴가'), FIELDS);
    assert.equal(kept, '연차 뜻:휴가#3^2');
    assert.equal(pinned(kept, chip(kept, '휴가'), FIELDS), '연차');
  });

  it('is turned off and on', () => {
    const off = toggled('연차 신청', chip('연차 신청', '휴가'), FIELDS);
    assert.equal(off, '연차 신청 뜻:휴가#3^0');
    assert.equal(toggled(off, chip(off, '휴가'), FIELDS), '연차 신청');
    const word = toggled('연차 신청', chip('연차 신청', '연차'), FIELDS);
    assert.equal(word, '연차^0 신청');
    assert.equal(toggled(word, chip(word, '연차'), FIELDS), '연차 신청');
    assert.equal(toggled('연차 낱말:결재^1', chip('연차 낱말:결재^1', '결재'), FIELDS), '연차');
  });
});

describe('a word of a passage', () => {
  it('is added to the query or kept out', () => {
    assert.equal(withWord('연차 ', ' 부서장\n결재 ', FIELDS), '연차 낱말:"부서장 결재"^1');
    assert.equal(withWord('연차', '결재', FIELDS), '연차 낱말:결재^1');
    assert.equal(withoutWord('연차', '“결재”^2'), '연차 -"결재 2"');
    assert.equal(withWord('연차', ' “” ', FIELDS), '연차');
  });

  for (const language of ['ko', 'en'])
    it(`is read by the engine as it is written in ${language}`, () => {
      const { fieldDimension, fieldAdded } = panelText(language);
      const query = `연차 ${fieldAdded}:결재^1 ${fieldDimension}:휴가^2`;
      const { chips } = analyzeQuery(query, { lexicon: null, now: new Date() }).parsed;
      assert.deepEqual(
        chips.map(({ kind, text }) => [kind, text]),
        [
          ['added', '결재'],
          ['dimension', '휴가'],
        ],
      );
    });
});

describe('steps', () => {
  it('go back and forth, and what is dragged or typed in one go is one step', () => {
    const steps = new Steps();
    steps.record('가', 'typed', 0);
    steps.record('가나', 'typed', 100);
    steps.record('가나다', 'weigh', 200);
    steps.record('가나다^2', 'weigh', 300);
    steps.record('가나다^3', 'weigh', 2_000);
    assert.equal(steps.undo('가나다^4'), '가나다^3');
    assert.equal(steps.undo('가나다^3'), '가나다');
    assert.equal(steps.undo('가나다'), '가');
    assert.equal(steps.undo('가'), null);
    assert.equal(steps.redo('가'), '가나다');
    assert.equal(steps.redo('가나다'), '가나다^3');
    steps.record('가나다^3', 'pin', 9_000);
    assert.equal(steps.redo('x'), null, 'what is done anew ends what was taken back');
    assert.equal(steps.undo('x'), '가나다^3');
  });
});
