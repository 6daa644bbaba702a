/**
 * Makes text of notes, names and errors safe to show: every character that steers a terminal or changes the
 * direction of a line is replaced by a visible one.
 *
 * One rule holds for all places: C0 and DEL become their pictures (␛, ␇, ␡); C1, marks of direction and the
 * two line separators other than `\n` become U+FFFD. Each UTF-16 code unit is replaced by one, so that
 * offsets in the text stay valid.
 */

const STEERING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const PICTURES = 0x24_00;
const PICTURE_OF_DELETE = '\u2421';
const REPLACEMENT = '\ufffd';

function signOf(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(PICTURES + code);
  return code === 0x7f ? PICTURE_OF_DELETE : REPLACEMENT;
}

/** For a name or a heading: line breaks are shown as signs too. */
export function visible(text: string): string {
  return text.replace(STEERING, signOf);
}

/** For a terminal or a log: line breaks and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(STEERING, char => (char === '\n' || char === '\t' ? char : signOf(char)));
}

/** JSON on one line with the same value that steers nothing; `JSON.stringify` itself escapes only C0. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(
    STEERING,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
