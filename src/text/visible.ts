/**
 * Text of notes, names and errors as it may be shown: every character that steers a terminal or turns the direction
 * of a line around is replaced by one that can be seen.
 *
 * One rule for all places: C0 and DEL become their pictures (␛, ␇, ␡); C1, marks of direction and the two separators
 * of lines that are not `\n` become U+FFFD. One for one in UTF-16 code units, so that places in the text stay right.
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

/** For a name or a heading: a line break, too, is shown as a sign. */
export function visible(text: string): string {
  return text.replace(STEERING, signOf);
}

/** For a terminal or a log: line breaks and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(STEERING, char => (char === '\n' || char === '\t' ? char : signOf(char)));
}

/** JSON on one line that says the same and steers nothing: `JSON.stringify` itself escapes C0 alone. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(
    STEERING,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
