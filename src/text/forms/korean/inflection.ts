/**
 * Other forms of a verb or adjective, as beginnings of words: 먹다 is found in text as 먹었-, 먹는, 먹고, and 도왔다 as
 * 돕-, 도우-, 도와. There is no morphological analyser: an analysis counts only where the documents confirm it.
 */
import { isHangulWord, syllableFrom, syllableOf, withFinal } from '../../jamo.ts';
import { stemFormsOf, type StemForm, type StemFormKind } from './conjugation.ts';

/** Nouns and adverbs that look like dictionary forms, and verbs that occur in every text and so distinguish nothing. */
const NO_VERBS = new Set(
  (
    '바다 앞바다 밤바다 동해바다 판다 소다 수다 캐나다 네바다 그라나다 르완다 우간다 람다 베란다 아젠다 어젠다 프라다 ' +
    '혼다 마츠다 야마다 아나콘다 미란다 브렌다 린다 요다 저마다 집집마다 해마다 날마다 때마다 마다 보다 무엇보다 ' +
    '누구보다 그보다 이보다 생각보다 이다 아니다 그렇다 이렇다 저렇다 어떻다 그러다 이러다 하다 되다 있다 없다 같다 ' +
    '않다 못하다 말다'
  ).split(' '),
);
/** Stems that end in ㄴ. In all other words, ㄴ before 다 belongs to the ending ㄴ다 or 는다. */
const STEMS_ON_N = /^(?:신|안|껴안|끌어안|감싸안|앉|얹)$/;

/**
 * Only these syllables of stems end in ㅡ (쓰, 크, 끄, 담그, 바쁘). `FALLING_H` has the syllables that end in ㅎ
 * (파랗, 그렇, 하얗), `COME` those before 오.
 */
const OPEN_EU = /[쓰크뜨끄트프쁘그르]$/;
const FALLING_H = /[갛겋랗렇맣멓얗옇떻좋놓쌓넣낳닿찧빻땋]$/;
const COME = /(?:^|[나어아져려녀가러라떠너쳐와여])오$/;
/** Syllables with a final ㄹ in longer stems (만들, 흔들, 머물, 이끌, 기울, 거칠). */
const LONG_RIEUL = /[들물풀끌달늘불칠툴글울밀놀쓸돌몰열갈살팔걸말털떨벌빌날알]$/;

/** Whether a text ends like the stem of a verb or adjective. */
function isStemShape(stem: string): boolean {
  const { initial, vowel, final } = syllableOf(stem.at(-1))!;
  if (vowel === 'ㅡ' && final === '') return OPEN_EU.test(stem);
  if (final === 'ㅎ') return FALLING_H.test(stem);
  if (initial === 'ㅇ' && vowel === 'ㅗ' && final === '') return COME.test(stem);
  if (final === 'ㄹ' && stem.length > 1) return LONG_RIEUL.test(stem);
  return !(stem.length > 1 && /[어아에]$/.test(stem));
}

/** The stem of a dictionary form (검토하다), without its 다; null for a word that cannot be one. */
export function stemOfDictionaryForm(word: string): string | null {
  if (!isHangulWord(word) || word.length < 2 || !word.endsWith('다') || NO_VERBS.has(word)) return null;
  const stem = word.slice(0, -1);
  if (!isStemShape(stem)) return null;
  const { final } = syllableOf(stem.at(-1))!;
  if (final === 'ㄴ') return STEMS_ON_N.test(stem) ? stem : null;
  // 갔다, 먹겠다, 갑니다 and 갑시다 are inflected forms, not dictionary forms.
  if (final === 'ㅆ' && !stem.endsWith('있')) return null;
  if (/[니시]$/.test(stem) && syllableOf(stem.at(-2))?.final === 'ㅂ') return null;
  return stem;
}

/** Endings that may follow each form up to the end of a word. */
const TAILS: Readonly<Record<StemFormKind, RegExp>> = {
  plain:
    /^(?:고|고는|고도|고요|고서|고자|지|지만|지는|지도|지요|죠|는|는다|는다고|는다면|는데|는데요|는지|는지를|기|기가|기는|기도|기를|기에|기로|기만|기까지|게|게끔|겠다|겠습니다|겠어요|겠지만|겠다고|겠고|던|던데|도록|습니다|습니까|습니다만|네|네요|나요|느라|거나|거든|거든요|자|자고|자마자|더라도|더니|더라|든|든지)$/,
  eu: /^(?:면|면서|며|니|니까|려|려고|려면|려는|려다|러|므로|나|라|라고|시면|시고|시는|신|실|십시오|세요|셔서|셨다|셨습니다|ㄹ)$/,
  n: /^(?:|다|다고|다는|다면|다며|데|데요|가|가요|지|지를|들|후)$/,
  l: /^(?:|까|까요|까봐|지|지도|게|게요|수록|때|때는|것|수)$/,
  m: /^(?:|을|이|은|에|으로|과|도)$/,
  b: /^(?:니다|니까|니다만|시다)$/,
  ae: /^(?:|서|서는|서도|도|야|야만|야지|야겠다|야하는|요|라|라고|라도|진|진다|지는|졌다|졌습니다|졌고|있는|있다|주는|주세요|보세요|보면|봤다)$/,
  past: /^(?:다|다고|다는|다면|다가|던|던데|고|고요|지|지만|지요|죠|습니다|습니까|습니다만|어|어요|어도|어서|었다|는데|는데요|는지|는가|나|나요|네|네요|기|기에|기에는|기때문에|을|을까|을까요|을지|을때|음|음을|음에도|으며|으면|으나|으니|으니까|으므로|거든|거든요|더라|더니|잖아)$/,
};

/** Whether no noun with a particle looks like the form. */
function isStrong(form: StemForm, tail: string): boolean {
  if (form.kind === 'past') return true;
  if (form.kind === 'b') return tail.startsWith('니');
  if (form.kind === 'plain') return /^(?:습니|는다|겠|지만|는데|도록|거나|거든|자마자|더라도)/.test(tail);
  if (form.kind === 'n') return tail.startsWith('다');
  if (form.kind === 'eu')
    return /^(?:면서|면|며|려|니까|므로|시|십|세요|셔|셨)/.test(tail) && form.text.length > 1;
  return form.kind === 'ae' && /^(?:서|야|지|졌|진다)/.test(tail) && form.text.length > 1;
}

export interface Analysis {
  readonly stem: string;
  /** Whether the word can hardly be anything else; otherwise it may be a noun with a particle (하나는, 가지). */
  readonly strong: boolean;
}

/** The stems of which a word may be a form, the certain ones first; not for dictionary forms. */
export function analysesOf(word: string): Analysis[] {
  if (!isHangulWord(word) || word.length < 2 || NO_VERBS.has(word)) return [];
  const found = new Map<string, Analysis>();
  for (const stem of candidateStems(word)) {
    if (stem === word || NO_VERBS.has(`${stem}다`) || stemOfDictionaryForm(`${stem}다`) === null) continue;
    for (const form of stemFormsOf(stem)) {
      if (!word.startsWith(form.text)) continue;
      const tail = word.slice(form.text.length);
      if (!TAILS[form.kind].test(tail) || !fits(stem, form, tail)) continue;
      const strong = isStrong(form, tail) || (found.get(stem)?.strong ?? false);
      found.set(stem, { stem, strong });
    }
  }
  return Array.from(found.values()).sort((a, b) => Number(b.strong) - Number(a.strong));
}

/** 습니다 and 는다 follow finals, ㄴ다 follows an open syllable; a stem that loses ㄹ loses it only before ㄴ. */
function fits(stem: string, form: StemForm, tail: string): boolean {
  const { final } = syllableOf(stem.at(-1))!;
  const closed = final !== '' && final !== 'ㄹ';
  if (form.kind === 'plain' && /^(?:습|는다)/.test(tail)) return closed;
  if (form.kind === 'plain' && final === 'ㄹ')
    return form.text === stem ? !/^[느는네나니]/.test(tail) : /^[느는네나]/.test(tail);
  if (form.kind === 'eu' && final === 'ㄹ') return (form.text === stem) === /^[면며려러므ㄹ라]/.test(tail);
  return !(form.kind === 'n' && tail.startsWith('다') && closed);
}

/** Every stem that could begin the word: a rough reversal of the conjugation, which `analysesOf` checks. */
function candidateStems(word: string): Set<string> {
  const stems = new Set<string>();
  for (let length = 1; length <= word.length; length++) {
    const head = word.slice(0, length);
    // Only endings follow 았 and 었.
    if (length > 1 && syllableOf(head.at(-2))!.final === 'ㅆ' && !head.slice(0, -1).endsWith('있')) break;
    stems.add(head);
    // For an added syllable (어, 은, 러, 와), the stem stands before it, with a final that may have changed.
    const before = head.slice(0, -1);
    if (before !== '') for (const final of ['ㅂ', 'ㅅ', 'ㄷ']) addChanged(stems, before, final);
    if (/[러라렀랐]$/.test(head) && before !== '') stems.add(`${withFinal(before, '') ?? before}르`);
    // Otherwise a final was joined, or a vowel was contracted.
    const open = withFinal(head, '')!;
    const { initial, vowel } = syllableOf(head.at(-1))!;
    const joined = (text: string): void => {
      stems.add(text);
      stems.add(withFinal(text, 'ㄹ')!);
      stems.add(withFinal(text, 'ㅎ')!);
    };
    joined(open);
    for (const original of ORIGINALS[vowel] ?? '')
      joined(head.slice(0, -1) + syllableFrom(initial, original)!);
    if (open === '퍼') stems.add('푸');
  }
  return stems;
}

const ORIGINALS: Readonly<Record<string, string>> = {
  ㅘ: 'ㅗ', ㅝ: 'ㅜ', ㅕ: 'ㅣ', ㅙ: 'ㅚ', ㅐ: 'ㅏㅓ', ㅔ: 'ㅓ', ㅓ: 'ㅡ', ㅏ: 'ㅡ', ㅒ: 'ㅑ', ㅖ: 'ㅕ',
}; // prettier-ignore

function addChanged(stems: Set<string>, before: string, final: string): void {
  const last = syllableOf(before.at(-1))!;
  if (last.final === '' || (final === 'ㄷ' && last.final === 'ㄹ')) stems.add(withFinal(before, final)!);
}

/** Endings that distinguish a one-syllable stem from other words. */
const PLAIN_ENDINGS = ['고', '지', '는', '기', '게', '던', '겠', '습', '거나', '도록'];
const PAST_ENDINGS = ['다', '습', '어', '고', '는', '던', '지', '으', '을', '네'];

/**
 * Beginnings of the words in which the verb is found, of two syllables or more each. For a one-syllable stem
 * without a final, only unmistakable ones are given (봤다, 봅니다, 본다), because 보고 and 사고 are nouns too.
 */
export function beginningsOf(stem: string): string[] {
  const found = new Set<string>();
  const { final } = syllableOf(stem.at(-1)) ?? { final: '' };
  const open = stem.length === 1 && final === '';
  for (const { kind, text } of stemFormsOf(stem)) {
    if (text.length > 1 && !(stem.length === 1 && kind === 'eu' && final === 'ㄹ')) found.add(text);
    else if (kind === 'past') for (const ending of PAST_ENDINGS) found.add(text + ending);
    else if (kind === 'b') found.add(`${text}니`);
    else if (kind === 'n' && (open || final === 'ㄹ')) found.add(`${text}다`);
    else if (kind === 'plain' && !open && text === stem)
      for (const ending of PLAIN_ENDINGS) found.add(text + ending);
    else if (kind === 'ae' && open) for (const ending of ['서', '야']) found.add(text + ending);
  }
  return Array.from(found);
}

/**
 * Beginnings that only forms of this verb have: if the documents have one, they have the verb. A stem in ㄹ
 * shares its ㄴ다 and ㅂ니다 with a stem without (만든다; 간다 of 가다 and 갈다).
 */
export function proofsOf(stem: string): string[] {
  const { final } = syllableOf(stem.at(-1)) ?? { final: '' };
  const proofs = stemFormsOf(stem).flatMap(({ kind, text }) => {
    if (kind === 'past') return [text];
    if (kind === 'ae') return text.length > 1 ? [`${text}서`] : [];
    if (kind === 'b') return final === 'ㄹ' ? [] : [`${text}니`];
    if (kind === 'n') return final === '' ? [`${text}다`] : [];
    if (kind === 'plain' && final !== '')
      return final === 'ㄹ' ? [] : [`${text}습니`, `${text}는다`, `${text}겠`];
    return [];
  });
  return Array.from(new Set(proofs));
}
