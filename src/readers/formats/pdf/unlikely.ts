/** Tells whether a text is likely to be one: fonts that do not name their letters yield characters that no text has. */

/** Private use, unassigned, half surrogates, replacement, and ideographs of Extension A, which hardly any text has. */
const UNLIKELY = /[\p{Co}\p{Cn}\p{Cs}\ufffd\u3400-\u4dbf]/u;
/** In a font whose glyph numbers are taken for letters, the blank is one of these. */
const CONTROL = /\p{Cc}/u;
/** Scripts that are common in documents here; a document in another script has much of that one. */
const COMMON =
  /[\p{sc=Common}\p{sc=Inherited}\p{sc=Latin}\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** Glyph numbers taken for letters scatter over at least so many blocks of 128 code points. */
const SCATTERED_OVER = 8;
/** None of the scattered blocks has this share of the foreign letters. */
const LEADING_SHARE = 0.5;
/** A text has a blank for every dozen letters; fewer control characters than this may be anything. */
const LEAST_CONTROLS = 10;
const CONTROL_SHARE = 0.08;

/** The share of letters that no text has; blanks are not counted. */
export function unlikelyShare(texts: Iterable<string>): number {
  let letters = 0;
  let unlikely = 0;
  let controls = 0;
  const scattered = new Map<number, number>();
  for (const text of texts)
    for (const letter of text) {
      if (/\s/u.test(letter)) continue;
      letters++;
      if (CONTROL.test(letter)) controls++;
      else if (UNLIKELY.test(letter)) unlikely++;
      else if (!COMMON.test(letter)) {
        const run = letter.codePointAt(0)! >> 7;
        scattered.set(run, (scattered.get(run) ?? 0) + 1);
      }
    }
  if (letters === 0) return 0;
  if (controls >= LEAST_CONTROLS && controls > CONTROL_SHARE * letters) return 1;
  const foreign = [...scattered.values()].reduce((sum, count) => sum + count, 0);
  const isScattered =
    scattered.size >= SCATTERED_OVER && Math.max(...scattered.values()) < LEADING_SHARE * foreign;
  return (unlikely + controls + (isScattered ? foreign : 0)) / letters;
}
