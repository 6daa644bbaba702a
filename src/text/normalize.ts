/**
 * Unicode normalisation that remembers where every unit came from.
 *
 * Searching compares text in one form (NFKC, lower case); showing and tinting need places in the text as
 * it stands in the file. `String.normalize` on a whole text loses them, so we normalise cluster by cluster.
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
  // The end is where the next *different* source cluster begins: one source unit may give several.
  let next = end;
  const last = end > start ? mapped.starts[end - 1]! : from;
  while (next < mapped.text.length && mapped.starts[next] === last) next++;
  return { start: from, end: Math.max(from, mapped.starts[next]!) };
}

/**
 * One code point with everything that may combine with it: marks, conjoining vowels and finals (U+1160-11FF,
 * D7B0-D7FF; NFD Hangul, UAX #15 and the Unicode Standard §3.12) and half-width voicing marks.
 */
const CLUSTER = /(?:[\u1100-\u115f\ua960-\ua97c]+|[^])[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*/gu;

/** Compatibility jamo (ㄱ-ㆎ): NFKC would turn ㅎ into a conjoining jamo, which nobody types or shows. */
const COMPATIBILITY_JAMO = /[\u3131-\u318e]/;

export function normalizeCluster(cluster: string): string {
  if (COMPATIBILITY_JAMO.test(cluster)) return cluster;
  // Lower-casing may denormalise (İ), hence the second pass.
  return cluster.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** NFKC and lower case (but compatibility jamo kept), with places. */
export function normalizeForSearch(source: string): MappedText {
  return mapClusters(source, normalizeCluster);
}

/** Applies `normalize` to each cluster of the source and concatenates the results, with places. */
export function mapClusters(source: string, normalize: (cluster: string) => string): MappedText {
  const parts: string[] = [];
  let starts = new Uint32Array(source.length + 16);
  let length = 0;
  const push = (text: string, from: number): void => {
    if (length + text.length + 1 > starts.length) {
      const larger = new Uint32Array((length + text.length + 1) * 2);
      larger.set(starts);
      starts = larger;
    }
    for (let i = 0; i < text.length; i++) starts[length++] = from;
    parts.push(text);
  };
  for (const match of source.matchAll(CLUSTER)) push(normalize(match[0]), match.index);
  starts[length] = source.length;
  return { text: parts.join(''), starts: starts.slice(0, length + 1) };
}
