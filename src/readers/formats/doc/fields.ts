/** Fields in the text of a Word document: instruction and result between control characters (MS-DOC 2.8.25). */

const [BEGIN, SEPARATOR, END] = ['\u0013', '\u0014', '\u0015'];
const HYPERLINK = /^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)"?/iu;
/** A link's own text is looked for only within so many characters, since a paragraph may have a million links. */
const MAX_SAID = 2_000;
/** Deeper nesting is damage. */
const MAX_DEPTH = 64;

/** The text with the results of fields instead of their instructions; the target of a link follows its text. */
export function withoutFields(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what fields are marked with
  if (!text.includes(BEGIN)) return text.replace(/[\u0014\u0015]/gu, '');
  const open: { instruction: string; isInResult: boolean }[] = [];
  let result = '';
  // oxlint-disable-next-line no-control-regex -- likewise
  for (const part of text.split(/([\u0013-\u0015])/u)) {
    const field = open.at(-1);
    if (part === BEGIN) {
      if (open.length < MAX_DEPTH) open.push({ instruction: '', isInResult: false });
    } else if (part === SEPARATOR) {
      if (field !== undefined) field.isInResult = true;
    } else if (part === END) {
      const target = HYPERLINK.exec(open.pop()?.instruction ?? '')?.[1];
      if (
        target !== undefined &&
        !result.slice(-MAX_SAID).includes(target.replace(/^mailto:/iu, '')) &&
        !target.startsWith('\\')
      )
        result += ` (${target.replace(/^mailto:/iu, '')})`;
    } else if (field !== undefined && !field.isInResult) field.instruction += part;
    else result += part;
  }
  // A field that is never closed was not a field.
  return result + open.map(({ instruction }) => instruction).join(' ');
}
