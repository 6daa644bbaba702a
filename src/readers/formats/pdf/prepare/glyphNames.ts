/**
 * Rewrites names of glyphs that pdf.js does not know as letters: variants (`one.oldstyle`) and ligatures (`f_f_i`), by
 * the rules of Adobe's glyph list (https://github.com/adobe-type-tools/agl-specification). A font without a map of
 * characters has no other hint at its letters.
 */

const ENCODING = '/Differences';
/** An encoding has at most 256 names of at most 63 characters. */
const MAX_ENCODING = 32 * 1024;
/** Ligatures that have a name of their own. */
const LIGATURES: ReadonlySet<string> = new Set(['f_f', 'f_i', 'f_l', 'f_f_i', 'f_f_l']);

/** Whether names were rewritten; the encoding keeps its length, with blanks at its end. */
export function simplifyGlyphNames(objects: Buffer): boolean {
  let isChanged = false;
  for (let at = objects.indexOf(ENCODING); at !== -1; at = objects.indexOf(ENCODING, at + ENCODING.length)) {
    const rest = objects.toString('latin1', at + ENCODING.length, at + ENCODING.length + MAX_ENCODING);
    const names = /^\s*\[[^\]]*/u.exec(rest)?.[0] ?? '';
    const simple = names.replace(/\/[^\s/[\]<>()]+/gu, simplified);
    if (simple === names) continue;
    objects.write(simple.padEnd(names.length), at + ENCODING.length, 'latin1');
    isChanged = true;
  }
  return isChanged;
}

/** `name` begins with a slash. */
function simplified(name: string): string {
  const [base = ''] = name.slice(1).split('.');
  // `.notdef` has no base.
  if (base === '') return name;
  return `/${LIGATURES.has(base) ? base.replaceAll('_', '') : base}`;
}
