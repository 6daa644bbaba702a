/**
 * Other spellings of loan words (컨텐츠 <-> 콘텐츠): a list, and rules for the spellings that people vary in other
 * words.
 */
import { indicesOf, isHangulWord, isSyllable } from '../../jamo.ts';
import { LOANWORDS } from './loanwordList.ts';

export interface Spelling {
  readonly word: string;
  /** `list` means that both spellings are on the list, `rule` that a rule leads from one to the other. */
  readonly by: 'list' | 'rule';
}

/**
 * Pairs of spellings, tried in both directions at each place. `$` binds a pair to the end of the word, `^` to
 * its beginning. The sources are the misspellings that 외래어 표기법 (1986) and 외래어 표기 용례 list, by kind.
 */
const RULES: readonly (readonly [string, string])[] = [
  // 제1장 제4항: no tense consonants.
  ['서', '써'], ['시', '씨'], ['사', '싸'], ['세', '쎄'], ['카', '까'], ['파', '빠'], ['바', '빠'], ['스', '쓰'],
  // ㅈ and ㅊ carry no glide.
  ['자', '쟈'], ['저', '져'], ['조', '죠'], ['주', '쥬'], ['차', '챠'], ['처', '쳐'], ['초', '쵸'], ['추', '츄'],
  ['전', '젼'], ['줄', '쥴'],
  // [ʃ] at the end and before vowels.
  ['시', '쉬'], ['십', '쉽'], ['셰', '쉐'], ['셸', '쉘'], ['션', '숀'],
  // [ou] is one vowel.
  ['로', '로우'], ['도', '도우'], ['노', '노우'], ['보', '보우'], ['포', '포우'],
  // [f] is ㅍ.
  ['파', '화'], ['프', '후'], ['퍼', '훠'], ['필', '휠'], ['폼', '홈'], ['판', '환'],
  // [ə], [ɔ], [æ] as they are read or heard.
  ['터$', '타$'], ['너$', '나$'], ['더$', '다$'], ['러$', '라$'], ['머$', '마$'], ['서$', '사$'], ['터', '토'], ['컨', '콘'], ['컬', '콜'],
  ['컴', '콤'], ['럭', '록'], ['벌', '볼'], ['설', '솔'], ['텀', '톰'], ['퍼', '포'], ['톱', '탑'], ['숍', '샵'], ['런', '론'],
  ['널', '날'], ['털', '탈'], ['럴', '랄'], ['스', '즈$'], ['레^', '리^'], ['애^', '어^'], ['액^', '악^'], ['이지', '에이지'],
  // A final consonant or a syllable of its own.
  ['워크', '웍'], ['테이프', '테잎'], ['이크', '익'], ['넷', '네트'], ['봇', '보트'], ['켓', '케트'], ['킷', '킷트'], ['셋', '세트'],
]; // prettier-ignore

/**
 * Syllables that native and Sino-Korean words hardly have: those with ㅋ or ㅌ, those with ㅍ except
 * 파·판·편·포·폭·표·품·풍·피·필, and 르, 즈, 츠.
 */
const FOREIGN_INITIALS = new Set([15, 16]);
const FOREIGN =
  /[프페펜패팩팬팟퍼펄펌펙팅팁푸플픽핑팝르즈츠그드브스글블슬크트므쉬셰쉐웨웹워위윈젝젠젤듈버벤벨봇넷랜랩렉렌렐렛로론롬롭루룸룹리린링릭릿러럭런럴레라래캐케코쿠쿼큐]/;

/**
 * Whether a listed spelling may stand at this place in a longer word. The number of its syllables decides:
 * alone, at an end, or anywhere.
 */
function fitsAt(word: string, spelling: string, at: number): boolean {
  if (spelling.length >= 3) return true;
  const atEnd = at === 0 || at + spelling.length === word.length;
  return spelling.length === 2 ? atEnd && word.length !== 3 : word === spelling;
}

/**
 * Whether a word looks like a loan word: it has three syllables or more, and two of them (all but one in
 * words of three or four) seldom occur in others.
 */
export function looksForeign(word: string): boolean {
  if (!isHangulWord(word) || word.length < 3) return false;
  const count = Array.from(word).filter(letter => {
    const unit = letter.charCodeAt(0);
    return (isSyllable(unit) && FOREIGN_INITIALS.has(indicesOf(unit)[0])) || FOREIGN.test(letter);
  }).length;
  return count >= 2;
}

export class Loanwords {
  readonly #groups = new Map<string, readonly string[]>();
  readonly #longest: number;

  constructor(list: string = LOANWORDS) {
    for (const entry of list.trim().split(/\s+/)) {
      const group = entry.split('/');
      for (const spelling of group) this.#groups.set(spelling, group);
    }
    this.#longest = Math.max(...Array.from(this.#groups.keys(), spelling => spelling.length));
  }

  /**
   * Other spellings of a Hangul word, those of the list first; the word itself is not among them. A rule may
   * give a string that is no word, so callers keep those that the vocabulary has.
   */
  spellingsOf(word: string): Spelling[] {
    if (!isHangulWord(word)) return [];
    const found = new Map<string, Spelling>();
    const add = (other: string, by: Spelling['by']): void => {
      if (other !== word && !found.has(other)) found.set(other, { word: other, by });
    };
    for (const [spelling, at] of this.#listed(word))
      for (const other of this.#groups.get(spelling)!)
        add(word.slice(0, at) + other + word.slice(at + spelling.length), 'list');
    if (looksForeign(word)) for (const other of byRules(word)) add(other, 'rule');
    return Array.from(found.values());
  }

  /** The listed spellings in a word, the longest at each place. */
  *#listed(word: string): Generator<readonly [spelling: string, at: number]> {
    for (let at = 0; at < word.length; at++)
      for (let length = Math.min(this.#longest, word.length - at); length > 0; length--) {
        const spelling = word.slice(at, at + length);
        if (!this.#groups.has(spelling) || !fitsAt(word, spelling, at)) continue;
        yield [spelling, at];
        break;
      }
  }
}

function* byRules(word: string): Generator<string> {
  for (const [one, other] of RULES)
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const text = from.replace(/[$^]/, '');
      const instead = to.replace(/[$^]/, '');
      for (let at = word.indexOf(text); at !== -1; at = word.indexOf(text, at + 1)) {
        const end = at + text.length;
        if ((one + other).includes('$') && end !== word.length) continue;
        if ((one + other).includes('^') && at !== 0) continue;
        // 로 -> 로우 gives nothing new where 우 follows already.
        if (instead.startsWith(text) && word.startsWith(instead, at)) continue;
        yield word.slice(0, at) + instead + word.slice(end);
      }
    }
  yield* swappedVowels(word);
}

/** Variants with ㅐ and ㅔ, which sound alike, exchanged in one syllable. */
function* swappedVowels(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const [, vowel] = indicesOf(unit);
    // ㅐ is vowel 1 and ㅔ is vowel 5; a vowel spans 28 units.
    const step = vowel === 1 ? 4 * 28 : vowel === 5 ? -4 * 28 : 0;
    if (step !== 0) yield word.slice(0, at) + String.fromCharCode(unit + step) + word.slice(at + 1);
  }
}
