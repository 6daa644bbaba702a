/**
 * Beginnings of the forms of a Korean verb or adjective, by its stem (먹- of 먹다).
 *
 * Source of the classes: 한글 맞춤법 §15-18 (줄기와 끝, 불규칙 용언), §34-36 (contractions).
 */
import { syllableFrom, syllableOf, withFinal } from '../../jamo.ts';

/**
 * The kinds of beginnings:
 * - `plain`: the stem as it stands before 고, 지, 는, 기, 게, 겠, 습니다;
 * - `eu`: before 면, 며, 니, 려, 시 (먹으-, 도우-, 지으-, 가-, 만드-);
 * - `n`, `l`, `m`, `b`: with the endings ㄴ, ㄹ, ㅁ, ㅂ니다 (먹은, 갈, 도움, 만듭-);
 * - `ae`: with 아 or 어 (먹어, 도와, 봐, 해, 흘러);
 * - `past`: with 았 or 었 (먹었-, 도왔-, 봤-).
 */
export type StemFormKind = 'plain' | 'eu' | 'n' | 'l' | 'm' | 'b' | 'ae' | 'past';

export interface StemForm {
  readonly kind: StemFormKind;
  readonly text: string;
}

/** Stems whose ㅂ stays (입어), by their last syllable; in all others it changes (도와, 더워). */
const REGULAR_B = /[입잡접집씹업꼽뽑좁]$/;
/** Stems whose ㄷ changes (들어); in all others it stays (받아). */
const CHANGING_D = /(?:듣|싣|긷|컫|깨닫|걷|묻)$/;
/** Stems whose ㅅ falls (지어); in all others it stays (웃어). */
const FALLING_S = /[짓잇낫붓긋젓잣]$/;
/** Stems whose ㅎ stays (좋아); in all others it falls (파래). */
const REGULAR_H = /[좋놓쌓넣낳닿찧빻땋]$/;
/** Stems whose 르 has an ordinary ㅡ (따라), or is followed by 러 (이르러). */
const PLAIN_REU = /(?:따르|치르|들르|다다르|우러르)$/;
const REO = /^(?:이르|푸르|누르|노르)$/;
/**
 * Stems of two verbs of different classes: 이르다 (이르러, 일러), 누르다 (누르러, 눌러), 굽다 (굽어, 구워), 걷다 (걷어, 걸어), 묻다 (묻어,
 * 물어).
 */
const TWO_CLASSES = /^(?:이르|누르|굽|걷|묻)$/;

/** The forms of a stem, each once; empty if it does not end in a Hangul syllable. */
export function stemFormsOf(stem: string): StemForm[] {
  const last = syllableOf(stem.at(-1));
  if (last === null) return [];
  const { vowel, final } = last;
  const forms: StemForm[] = [{ kind: 'plain', text: stem }];
  if (stem.endsWith('하')) forms.push(...onVowel(stem), ...aes('해', '하여', stem));
  else if (stem === '푸') forms.push(...onVowel(stem), ...ae('퍼'));
  else if (stem.endsWith('르')) forms.push(...onVowel(stem), ...aeOfReu(stem));
  else if (final === '') forms.push(...onVowel(stem), ...aeOfVowel(stem, vowel));
  else if (final === 'ㄹ') forms.push(...onRieul(stem), ...ae(stem + harmony(vowel)));
  else if (final === 'ㅂ' && !REGULAR_B.test(stem)) forms.push(...changingB(stem));
  else if (final === 'ㄷ' && CHANGING_D.test(stem)) forms.push(...onConsonant(withFinal(stem, 'ㄹ')!, vowel));
  else if (final === 'ㅅ' && FALLING_S.test(stem)) forms.push(...onConsonant(withFinal(stem, '')!, vowel));
  else if (final === 'ㅎ' && !REGULAR_H.test(stem)) forms.push(...fallingH(stem));
  else forms.push(...onConsonant(stem, vowel));
  if (TWO_CLASSES.test(stem) && final !== '') forms.push(...onConsonant(stem, vowel));
  return Array.from(new Map(forms.map(form => [form.kind + form.text, form])).values());
}

function harmony(vowel: string): '아' | '어' {
  return vowel === 'ㅏ' || vowel === 'ㅗ' || vowel === 'ㅑ' ? '아' : '어';
}

function ae(text: string): StemForm[] {
  return [
    { kind: 'ae', text },
    { kind: 'past', text: withFinal(text, 'ㅆ')! },
  ];
}

function aes(short: string, long: string, stem: string): StemForm[] {
  const before = stem.slice(0, -1);
  return [...ae(before + short), ...ae(before + long)];
}

/** Forms of a stem to which ㄴ, ㄹ, ㅁ and ㅂ니다 are joined directly. */
function onVowel(stem: string): StemForm[] {
  return [
    { kind: 'eu', text: stem },
    { kind: 'n', text: withFinal(stem, 'ㄴ')! },
    { kind: 'l', text: withFinal(stem, 'ㄹ')! },
    { kind: 'm', text: withFinal(stem, 'ㅁ')! },
    { kind: 'b', text: withFinal(stem, 'ㅂ')! },
  ];
}

/** Forms of a stem to which 으, 은, 을, 음 and 아 or 어 are joined; `base` may have lost or changed its final. */
function onConsonant(base: string, vowel: string): StemForm[] {
  return [
    { kind: 'eu', text: `${base}으` },
    { kind: 'n', text: `${base}은` },
    { kind: 'l', text: `${base}을` },
    { kind: 'm', text: `${base}음` },
    ...ae(base + harmony(vowel)),
  ];
}

/** ㄹ falls before ㄴ, ㅂ, 시 and 오 (만드는, 만든, 만듭니다, 만드시), not before 면 and 려. */
function onRieul(stem: string): StemForm[] {
  const open = withFinal(stem, '')!;
  return [
    { kind: 'eu', text: stem },
    { kind: 'eu', text: open },
    { kind: 'plain', text: open },
    { kind: 'n', text: withFinal(stem, 'ㄴ')! },
    { kind: 'l', text: stem },
    { kind: 'm', text: withFinal(stem, 'ㄻ')! },
    { kind: 'b', text: withFinal(stem, 'ㅂ')! },
  ];
}

/** ㅂ becomes 우 (도우-); 돕다 and 곱다 alone have 와 (도와), all others have 워 (§18.6). */
function changingB(stem: string): StemForm[] {
  const open = withFinal(stem, '')!;
  const joined = stem === '돕' || stem === '곱' ? '와' : '워';
  return [...onVowel(`${open}우`).filter(({ kind }) => kind !== 'b'), ...ae(open + joined)];
}

/** ㅎ falls (파라-, 파래); 그렇다 gives 그래, 퍼렇다 gives 퍼레 (§18.3). */
function fallingH(stem: string): StemForm[] {
  const open = withFinal(stem, '')!;
  const { initial, vowel } = syllableOf(stem.at(-1))!;
  const contracted = { ㅏ: 'ㅐ', ㅓ: /[이그저어]/.test(stem[0]!) ? 'ㅐ' : 'ㅔ', ㅑ: 'ㅒ', ㅕ: 'ㅖ' }[vowel];
  if (contracted === undefined) return onVowel(open);
  return [...onVowel(open), ...ae(stem.slice(0, -1) + syllableFrom(initial, contracted)!)];
}

function aeOfReu(stem: string): StemForm[] {
  const before = stem.slice(0, -1);
  const vowel = syllableOf(before.at(-1))?.vowel ?? '';
  const dropped = ae(before + (harmony(vowel) === '아' ? '라' : '러'));
  if (before === '' || PLAIN_REU.test(stem)) return dropped;
  const doubled = withFinal(before, 'ㄹ')!;
  const irregular = ae(doubled + (harmony(vowel) === '아' ? '라' : '러'));
  if (!REO.test(stem)) return irregular;
  return TWO_CLASSES.test(stem) ? [...ae(`${stem}러`), ...irregular] : ae(`${stem}러`);
}

/** Contractions of the stem's vowel with 아 or 어; the vowels of `SWALLOWING` swallow them instead. */
const CONTRACTED: Readonly<Record<string, string>> = { ㅗ: 'ㅘ', ㅜ: 'ㅝ', ㅣ: 'ㅕ', ㅚ: 'ㅙ' };
const SWALLOWING = 'ㅏㅓㅐㅔㅕ';

function aeOfVowel(stem: string, vowel: string): StemForm[] {
  const before = stem.slice(0, -1);
  const { initial } = syllableOf(stem.at(-1))!;
  if (SWALLOWING.includes(vowel)) return ae(stem);
  if (vowel === 'ㅡ') {
    const previous = syllableOf(before.at(-1))?.vowel ?? 'ㅡ';
    return ae(before + syllableFrom(initial, harmony(previous) === '아' ? 'ㅏ' : 'ㅓ')!);
  }
  const separate = ae(stem + harmony(vowel));
  const contracted = CONTRACTED[vowel];
  return contracted === undefined
    ? separate
    : [...ae(before + syllableFrom(initial, contracted)!), ...separate];
}
