/**
 * Unicode normalisation that remembers where every unit came from.
 *
 * Searching compares text in one form (NFKC, lower case); showing and tinting need places in the text as it stands in
 * the file. `String.normalize` on a whole text loses them, so we normalise cluster by cluster.
 */

/** A text derived from a source text, with the source place of every UTF-16 unit. */
export interface MappedText {
  readonly text: string;
  /** `starts[i]` is the source offset of `text[i]`; `starts[text.length]` is the end of the source. */
  readonly starts: Uint32Array;
}

/** The span of the source behind `[start, end)` of a mapped text. */
export function sourceRange(mapped: MappedText, start: number, end: number): { start: number; end: number } {
  const from = mapped.starts[start]!;
  // The end is where the next *different* source cluster begins, because one source unit may give several
  // units.
  let next = end;
  const last = end > start ? mapped.starts[end - 1]! : from;
  while (next < mapped.text.length && mapped.starts[next] === last) next++;
  return { start: from, end: Math.max(from, mapped.starts[next]!) };
}

/**
 * One code point with everything that may combine with it: marks, conjoining vowels and finals (U+1160-11FF,
 * D7B0-D7FF; NFD Hangul, UAX #15 and the Unicode Standard §3.12), half-width voicing marks, and invisible
 * characters.
 */
const CLUSTER =
  /(?:[\u1100-\u115e\ua960-\ua97c]+|[^])[\p{M}\p{DI}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\p{EMod}]*/guy;

/**
 * Characters that a reader does not see, or that make no other word of a sign: zero-width blanks and joiners,
 * soft hyphens, word joiners, marks of direction, variation selectors (Default_Ignorable_Code_Point,
 * DerivedCoreProperties.txt), the frame of a keycap and skin tones.
 */
const UNSEEN = /[\p{DI}\p{EMod}\u20e3]/gu;
/** Characters that look like a blank, whatever Unicode calls them: Hangul fillers and the empty Braille cell. */
const BLANK_LETTER = /[\u3164\uffa0\u2800]/g;
const IS_UNSEEN = /[\p{DI}\p{EMod}\u20e3\u2800]/u;

/**
 * Compatibility jamo (ㄱ-ㆎ): NFKC would turn ㅎ into a conjoining jamo, which nobody types and no font shows
 * alone.
 */
const COMPATIBILITY_JAMO = /[\u3131-\u318e]/;

export function normalizeCluster(cluster: string): string {
  const seen = withoutUnseen(cluster);
  if (COMPATIBILITY_JAMO.test(seen)) return seen;
  // Lower-casing may denormalise (İ), hence the second pass.
  return seen.normalize('NFKC').toLowerCase().normalize('NFKC');
}

function withoutUnseen(cluster: string): string {
  if (!IS_UNSEEN.test(cluster)) return cluster;
  return cluster.replace(BLANK_LETTER, ' ').replace(UNSEEN, '');
}

/**
 * Whether nothing that follows the unit joins it: a unit below U+0300, a Hangul syllable or an ideograph of
 * these blocks.
 */
function joinsNothing(unit: number): boolean {
  if (unit < 0x300) return unit !== 0xad;
  return (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** Whether the unit normalises by itself (except for lower case): ASCII, Hangul syllables and common ideographs. */
function isSimple(unit: number): boolean {
  return unit < 0x80 || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** NFKC and lower case, with places; compatibility jamo are kept. */
export function normalizeForSearch(source: string): MappedText {
  // Most text is simple throughout, which is ten times faster than going cluster by cluster.
  let simple = 0;
  while (simple < source.length && isSimple(source.charCodeAt(simple))) simple++;
  if (simple === source.length) {
    const starts = new Uint32Array(source.length + 1);
    for (let i = 0; i < starts.length; i++) starts[i] = i;
    return { text: source.toLowerCase(), starts };
  }
  return mapClusters(source, normalizeCluster, isSimple);
}

/**
 * Applies `normalize` to each cluster of the source and concatenates the results, with places. `simple` is
 * true for units that only need lower-casing when nothing joins them.
 */
export function mapClusters(
  source: string,
  normalize: (cluster: string) => string,
  simple: (unit: number) => boolean = () => false,
): MappedText {
  const parts: string[] = [];
  let starts = new Uint32Array(source.length + 16);
  let length = 0;
  const room = (more: number): void => {
    if (length + more + 1 <= starts.length) return;
    const larger = new Uint32Array((length + more + 1) * 2);
    larger.set(starts);
    starts = larger;
  };
  const push = (text: string, from: number): void => {
    room(text.length);
    for (let i = 0; i < text.length; i++) starts[length++] = from;
    parts.push(text);
  };
  const pushEach = (text: string, from: number): void => {
    room(text.length);
    for (let i = 0; i < text.length; i++) starts[length++] = from + i;
    parts.push(text);
  };
  for (let at = 0; at < source.length;) {
    let end = at;
    while (
      end < source.length &&
      simple(source.charCodeAt(end)) &&
      (end + 1 === source.length || joinsNothing(source.charCodeAt(end + 1)))
    )
      end++;
    if (end > at) {
      pushEach(source.slice(at, end).toLowerCase(), at);
      at = end;
      continue;
    }
    CLUSTER.lastIndex = at;
    const cluster = CLUSTER.exec(source)![0];
    push(normalize(cluster), at);
    at += cluster.length;
  }
  starts[length] = source.length;
  return { text: parts.join(''), starts: starts.slice(0, length + 1) };
}
