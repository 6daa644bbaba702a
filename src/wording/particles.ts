/**
 * Korean particles (조사) whose form depends on what stands before them: 연차를, 신청을.
 *
 * A sentence with a place for a word has both (`{0}을(를)`). Of Hangul and numbers it is known how they end; how a word
 * in other letters is read is not, and both forms stay.
 */

/** With a final consonant, without one; after ㄹ 으로 is 로. */
const FORMS: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '을(를)': ['을', '를'],
  '이(가)': ['이', '가'],
  '은(는)': ['은', '는'],
  '와(과)': ['과', '와'],
  '(으)로': ['으로', '로'],
};
/** Quotation marks may stand between a word and its particle. */
const PLACE = /([가-힣0-9])([’”"'」』)]*)(을\(를\)|이\(가\)|은\(는\)|와\(과\)|\(으\)로)/gu;
const RIEUL = 8;
/** 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구: the number of the final consonant. */
const DIGITS = [21, RIEUL, 0, 16, 0, 0, 1, RIEUL, RIEUL, 0];

/** The sentence with each particle in the form that follows its word. */
export function withParticles(sentence: string): string {
  return sentence.replace(PLACE, (_, last: string, marks: string, particle: string) => {
    const final = finalOf(last);
    const [closed, open] = FORMS[particle]!;
    const isOpen = final === 0 || (particle === '(으)로' && final === RIEUL);
    return `${last}${marks}${isOpen ? open : closed}`;
  });
}

/** Number of a syllable's final consonant; 0: none. */
function finalOf(unit: string): number {
  return unit >= '가' ? (unit.charCodeAt(0) - 0xac00) % 28 : DIGITS[Number(unit)]!;
}
