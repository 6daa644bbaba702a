/**
 * Where text may be cut: never inside a surrogate pair, a combining sequence, conjoining jamo or an emoji
 * sequence. `Intl.Segmenter` knows, but costs about a microsecond a character, so plain neighbours are
 * decided by their code units alone.
 */
const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });
/** How far back the start of a cluster is searched; longer clusters exist only in attacks and are cut there. */
const REACH = 64;

/** Whether a code unit joins neither the one before it nor the one after it. */
function standsAlone(unit: number): boolean {
  return (
    (unit >= 0x20 && unit < 0x7f) || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x4e00 && unit <= 0x9fff)
  );
}

/** The nearest cut at or before `offset`. */
export function cutBefore(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  if (isCut(text, offset)) return offset;
  const from = regionStart(text, offset);
  let cut = from;
  for (const { index } of segmenter.segment(text.slice(from, offset + 2))) {
    if (from + index > offset) break;
    cut = from + index;
  }
  return cut;
}

/** The nearest cut at or after `offset`. */
export function cutAfter(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  if (isCut(text, offset)) return offset;
  const from = regionStart(text, offset);
  const region = text.slice(from, offset + REACH);
  for (const { index, segment } of segmenter.segment(region)) {
    const end = from + index + segment.length;
    if (end >= offset) return end;
  }
  return text.length;
}

function isCut(text: string, offset: number): boolean {
  return standsAlone(text.charCodeAt(offset)) && !isHighSurrogate(text.charCodeAt(offset - 1))
    ? // A syllable or letter never extends its predecessor, except CR LF, which display text does not contain.
      !joinsNext(text.charCodeAt(offset - 1))
    : false;
}

/** ZWJ and prepended marks bind to the following character. */
function joinsNext(unit: number): boolean {
  return unit === 0x200d || (unit >= 0x0600 && unit <= 0x0605) || (unit >= 0x1100 && unit <= 0x115f);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A place before `offset` that is certainly a cut, at most `REACH` away. */
function regionStart(text: string, offset: number): number {
  const limit = Math.max(0, offset - REACH);
  for (let at = offset - 1; at > limit; at--) {
    if (isCut(text, at)) return at;
  }
  const unit = text.charCodeAt(limit);
  return limit > 0 && unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
}
