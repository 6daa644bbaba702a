/** 한자 by their Korean readings (檢討 -> 검토), with the initial sound rule (두음법칙: 女子 -> 여자). */
import { isSyllable, syllableFrom, syllableOf } from '../../jamo.ts';
import { OTHER_READINGS, USUAL_READINGS } from './hanjaReadings.ts';

const HAN = /\p{Script=Han}/u;
const GLIDES = 'ㅑㅕㅖㅛㅠㅣ';

/** Whether a word contains an ideograph. */
export function hasHanja(word: string): boolean {
  return HAN.test(word);
}

/** 한글 맞춤법 §10-12: at the beginning of a word, ㄴ and ㄹ fall before ㅣ and the glides, and other ㄹ become ㄴ. */
export function asInitial(reading: string): string {
  const parts = syllableOf(reading);
  if (parts === null) return reading;
  const { initial, vowel, final } = parts;
  if ((initial === 'ㄴ' || initial === 'ㄹ') && GLIDES.includes(vowel))
    return syllableFrom('ㅇ', vowel, final)!;
  return initial === 'ㄹ' ? syllableFrom('ㄴ', vowel, final)! : reading;
}

/** 한글 맞춤법 §11: 렬 and 률 are 열 and 율 after a vowel or ㄴ (비율, 선율). */
function afterSyllable(reading: string, before: string): string {
  if (reading !== '렬' && reading !== '률') return reading;
  const final = syllableOf(before.at(-1))?.final;
  return final === '' || final === 'ㄴ' ? asInitial(reading) : reading;
}

/** Words whose reading has changed over time (속음, 한글 맞춤법 §52), and names of months. */
const CHANGED: readonly (readonly [hanja: string, reading: string])[] = [
  ['十月', '시월'], ['五六月', '오뉴월'], ['六月', '유월'], ['初八日', '초파일'], ['十方', '시방'], ['許諾', '허락'],
  ['受諾', '수락'], ['快諾', '쾌락'], ['困難', '곤란'], ['論難', '논란'], ['議論', '의논'], ['喜怒', '희로'],
  ['大怒', '대로'], ['木果', '모과'], ['木瓜', '모과'], ['牧丹', '모란'], ['智異', '지리'], ['菩提', '보리'],
  ['布施', '보시'], ['道場', '도량'], ['宅內', '댁내'], ['茶禮', '차례'], ['糖水肉', '탕수육'],
]; // prettier-ignore

interface Attempt {
  readonly text: string;
  /** Rarity of the reading: 0 for the readings that the rules give. */
  readonly cost: number;
}

/** Maximum number of readings that are followed for one word. */
const MAX_READINGS = 16;
const OTHER_COST = 2;
/** Cost of an initial form inside a compound (신여성, 남존여비). */
const INNER_INITIAL_COST = 3;

export class Hanja {
  readonly #readings = new Map<string, string[]>();

  constructor(usual: string = USUAL_READINGS, other: string = OTHER_READINGS) {
    for (const line of [...usual.split('\n'), ...other.split('\n')]) {
      const [reading, ...characters] = Array.from(line);
      for (const character of characters) {
        const known = this.#readings.get(character);
        if (known === undefined) this.#readings.set(character, [reading!]);
        else known.push(reading!);
      }
    }
  }

  /**
   * The readings of a word in Hangul, most usual first, at most 16; characters that are not ideographs stay
   * as they are. Empty if the word has no ideograph, or one without a Korean reading. Expects normal form (no
   * compatibility ideographs).
   */
  readingsOf(word: string): string[] {
    if (!hasHanja(word)) return [];
    const changed = CHANGED.find(([hanja]) => word.includes(hanja));
    const first = changed === undefined ? [] : this.#read(word.replace(...changed));
    return Array.from(new Set([...first, ...this.#read(word)])).slice(0, MAX_READINGS);
  }

  #read(word: string): string[] {
    const characters = Array.from(word);
    let attempts: Attempt[] = [{ text: '', cost: 0 }];
    for (const [i, character] of characters.entries()) {
      const readings = HAN.test(character) ? this.#inContext(character, characters[i + 1]) : [character];
      if (readings.length === 0) return [];
      const initial = i === 0 || !/[\p{Script=Han}가-힣]/u.test(characters[i - 1]!);
      attempts = attempts
        .flatMap(({ text, cost }) =>
          readings.flatMap((reading, rank): Attempt[] => {
            const here = cost + rank * OTHER_COST;
            if (!HAN.test(character)) return [{ text: text + reading, cost }];
            if (initial) return [{ text: text + asInitial(reading), cost: here }];
            const usual = afterSyllable(reading, text);
            const inner = asInitial(reading);
            const plain = { text: text + usual, cost: here };
            return inner === usual
              ? [plain]
              : [plain, { text: text + inner, cost: here + INNER_INITIAL_COST }];
          }),
        )
        .sort((a, b) => a.cost - b.cost)
        .slice(0, MAX_READINGS);
    }
    return attempts.map(({ text }) => text);
  }

  /** 不 is 부 before ㄷ and ㅈ (부동산, 부정), 불 elsewhere. */
  #inContext(character: string, next: string | undefined): readonly string[] {
    const readings = this.#readings.get(character) ?? [];
    if (character !== '不') return readings;
    const after =
      next !== undefined && isSyllable(next.charCodeAt(0)) ? next : this.#readings.get(next ?? '')?.[0];
    return 'ㄷㅈ'.includes(syllableOf(after)?.initial ?? ' ') ? ['부', '불'] : ['불', '부'];
  }
}
