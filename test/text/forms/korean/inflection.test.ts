import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stemFormsOf, type StemFormKind } from '../../../../src/text/forms/korean/conjugation.ts';
import {
  analysesOf,
  beginningsOf,
  proofsOf,
  stemOfDictionaryForm,
} from '../../../../src/text/forms/korean/inflection.ts';

const textsOf = (stem: string, kind: StemFormKind): string[] =>
  stemFormsOf(stem).filter(form => form.kind === kind).map(form => form.text); // prettier-ignore

describe('the forms of a stem', () => {
  const cases: readonly (readonly [stem: string, kind: StemFormKind, wanted: readonly string[]])[] = [
    ['먹', 'past', ['먹었']],
    ['받', 'past', ['받았']],
    ['돕', 'past', ['도왔']],
    ['돕', 'n', ['도운']],
    ['덥', 'past', ['더웠']],
    ['입', 'past', ['입었']],
    ['아름답', 'n', ['아름다운']],
    ['듣', 'past', ['들었']],
    ['듣', 'eu', ['들으']],
    ['믿', 'past', ['믿었']],
    ['깨닫', 'past', ['깨달았']],
    ['짓', 'past', ['지었']],
    ['웃', 'past', ['웃었']],
    ['파랗', 'n', ['파란']],
    ['파랗', 'ae', ['파래']],
    ['퍼렇', 'ae', ['퍼레']],
    ['하얗', 'past', ['하얬']],
    ['좋', 'past', ['좋았']],
    ['흐르', 'past', ['흘렀']],
    ['모르', 'ae', ['몰라']],
    ['따르', 'ae', ['따라']],
    ['이르', 'past', ['이르렀', '일렀']],
    ['푸르', 'ae', ['푸르러']],
    ['푸', 'past', ['펐']],
    ['쓰', 'past', ['썼']],
    ['바쁘', 'ae', ['바빠']],
    ['잠그', 'past', ['잠갔']],
    ['보', 'past', ['봤', '보았']],
    ['주', 'ae', ['줘', '주어']],
    ['마시', 'past', ['마셨', '마시었']],
    ['되', 'past', ['됐', '되었']],
    ['쉬', 'past', ['쉬었']],
    ['가', 'past', ['갔']],
    ['보내', 'b', ['보냅']],
    ['하', 'past', ['했', '하였']],
    ['검토하', 'b', ['검토합']],
    ['만들', 'n', ['만든']],
    ['만들', 'plain', ['만들', '만드']],
    ['만들', 'm', ['만듦']],
    ['걷', 'past', ['걸었', '걷었']],
    ['굽', 'ae', ['구워', '굽어']],
    ['읽', 'past', ['읽었']],
  ];
  for (const [stem, kind, wanted] of cases)
    it(`${stem}-: ${wanted.join(', ')} (${kind})`, () => {
      assert.deepEqual(textsOf(stem, kind), wanted);
    });
});

describe('a dictionary form', () => {
  for (const [word, stem] of [
    ['먹다', '먹'],
    ['만들다', '만들'],
    ['검토하다', '검토하'],
    ['다니다', '다니'],
    ['신다', '신'],
    ['바다', null],
    ['판다', null],
    ['소다', null],
    ['캐나다', null],
    ['람다', null],
    ['베란다', null],
    ['아젠다', null],
    ['보다', null],
    ['하다', null],
    ['마다', null],
    ['먹는다', null],
    ['먹었다', null],
    ['갑니다', null],
    ['갑시다', null],
    ['간다', null],
    ['회의', null],
    ['다', null],
    ['kube다', null],
    ['', null],
  ] as const)
    it(`${word || '""'}: ${stem ?? 'is none'}`, () => {
      assert.equal(stemOfDictionaryForm(word), stem);
    });
});

describe('an inflected word', () => {
  for (const [word, stem, strong] of [
    ['먹었습니다', '먹', true],
    ['먹는', '먹', false],
    ['먹는다', '먹', true],
    ['도왔다', '돕', true],
    ['도와', '돕', false],
    ['더워서', '덥', true],
    ['들었어요', '듣', true],
    ['지었다', '짓', true],
    ['웃었다', '웃', true],
    ['파란', '파랗', false],
    ['흘렀다', '흐르', true],
    ['몰라서', '모르', true],
    ['이르렀다', '이르', true],
    ['썼습니다', '쓰', true],
    ['바빠서', '바쁘', true],
    ['갔다', '가', true],
    ['줬다', '주', true],
    ['마셨다', '마시', true],
    ['검토했습니다', '검토하', true],
    ['추가하려면', '추가하', true],
    ['작성하세요', '작성하', true],
    ['만드는', '만들', false],
    ['만듭니다', '만들', true],
    ['아름다운', '아름답', false],
    ['깨달았다', '깨닫', true],
    ['읽었던', '읽', true],
  ] as const)
    it(`${word} may be of ${stem}다`, () => {
      const analysis = analysesOf(word).find(each => each.stem === stem);
      assert.equal(analysis?.strong, strong);
    });

  for (const word of [
    '바다',
    '판다',
    '회의',
    '예산을',
    '서버에서',
    '나무가',
    '보고서',
    '바다를',
    '캐나다는',
    '회의록',
    'kube',
    '가',
    '',
  ])
    it(`${word || '""'} is surely of no verb`, () => {
      assert.ok(
        analysesOf(word).every(({ strong }) => !strong),
        JSON.stringify(analysesOf(word)),
      );
    });

  const stems = [
    '먹', '돕', '덥', '듣', '받', '짓', '웃', '파랗', '흐르', '모르', '따르', '이르', '쓰', '바쁘', '가', '주', '마시',
    '검토하', '만들', '살', '아름답', '깨닫', '나타나', '보내', '배우', '쉬', '굽',
  ]; // prettier-ignore
  it('is traced back to its stem, whatever the form', () => {
    const endings: Readonly<Partial<Record<StemFormKind, readonly string[]>>> = {
      past: ['다', '습니다', '어요', '는데', '고', ''],
      ae: ['서', '', '도'],
      n: [''],
      l: ['까'],
      b: ['니다'],
    };
    fc.assert(
      fc.property(fc.constantFrom(...stems), fc.nat(), fc.nat(), (stem, which, ending) => {
        const forms = stemFormsOf(stem).filter(({ kind }) => endings[kind] !== undefined);
        const { kind, text } = forms[which % forms.length]!;
        const list = endings[kind]!.filter(each => each !== '' || kind !== 'past');
        const word = text + list[ending % list.length]!;
        if (word.length < 2 || word === stem) return;
        assert.ok(
          analysesOf(word).some(analysis => analysis.stem === stem),
          `${word}: ${JSON.stringify(analysesOf(word))}`,
        );
      }),
    );
  });
  it('is looked for by beginnings of two syllables or more', () => {
    for (const stem of stems) {
      assert.ok(
        beginningsOf(stem).every(text => text.length > 1),
        beginningsOf(stem).join(' '),
      );
      assert.ok(proofsOf(stem).length > 0);
    }
    assert.ok(beginningsOf('먹').includes('먹었') && beginningsOf('돕').includes('도와'));
    for (const noun of ['사고', '사지', '보고', '가지', '가면'])
      assert.ok(!beginningsOf(noun[0]!).includes(noun));
  });
});
