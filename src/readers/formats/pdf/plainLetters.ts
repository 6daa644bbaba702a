/**
 * Replaces blanks of other widths, ligatures and presentation forms by plain letters. pdf.js can do it too, but before
 * it turns a run of Arabic or Hebrew around, so that the letters of a ligature change places.
 */

const BLANKS = /[\u00a0\u2000-\u200a\u202f]/gu;
/** Alphabetic and Arabic presentation forms. */
const FORMS = /[\ufb00-\ufdff\ufe70-\ufefc]+/gu;

export function plainLetters(text: string): string {
  return text.replace(BLANKS, ' ').replace(FORMS, letters => letters.normalize('NFKC'));
}
