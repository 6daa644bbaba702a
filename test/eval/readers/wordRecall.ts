/** How much of a reference's words a text has; letters in the form in which they are searched (NFKC, lower case). */

const WORD = /[\p{L}\p{N}]+/gu;

/** How often each maximal run of letters and digits stands in a text. */
export function wordsOf(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD))
    words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

export function countWords(text: string): number {
  return wordRow(text).length;
}

/** The share of the reference's words, each as often as it stands there, that the text has; null without words. */
export function recallOf(text: string, reference: string): number | null {
  const words = wordsOf(text);
  let all = 0;
  let found = 0;
  for (const [word, times] of wordsOf(reference)) {
    all += times;
    found += Math.min(times, words.get(word) ?? 0);
  }
  return all === 0 ? null : found / all;
}

/** A word that a reference tears is not torn in more parts than this. */
const MAX_PARTS = 8;

/**
 * Likewise, where the two end words at different places (a reference that takes two runs of one word apart, or loses a
 * tab): words beside one another in the one that are a word of the other together count as found.
 */
export function recallAcrossBorders(text: string, reference: string): number | null {
  const words = wordsOf(text);
  const take = (word: string): boolean => {
    const left = words.get(word) ?? 0;
    if (left > 0) words.set(word, left - 1);
    return left > 0;
  };
  const parts = wordRow(reference);
  const isFound = parts.map(take);
  for (let first = 0; first < parts.length; first++) {
    let joined = parts[first]!;
    for (let last = first + 1; last < Math.min(parts.length, first + MAX_PARTS); last++) {
      joined += parts[last]!;
      if (isFound.slice(first, last + 1).every(Boolean) || !take(joined)) continue;
      isFound.fill(true, first, last + 1);
      break;
    }
  }
  const glued = gluedWords(
    parts.filter((_, i) => !isFound[i]),
    text,
  );
  return parts.length === 0 ? null : (isFound.filter(Boolean).length + glued) / parts.length;
}

function wordRow(text: string): string[] {
  return [...text.normalize('NFKC').toLowerCase().matchAll(WORD)].map(([word]) => word);
}

/** How many of these are words of the text put together, as often as they stand there so. */
function gluedWords(missing: readonly string[], text: string): number {
  const lacking = new Map<string, number>();
  for (const word of missing) lacking.set(word, (lacking.get(word) ?? 0) + 1);
  const row = missing.length === 0 ? [] : wordRow(text);
  let found = 0;
  for (let first = 0; first < row.length; first++) {
    let joined = row[first]!;
    for (let last = first + 1; last < Math.min(row.length, first + MAX_PARTS); last++) {
      joined += row[last]!;
      const left = lacking.get(joined) ?? 0;
      if (left === 0) continue;
      lacking.set(joined, left - 1);
      found++;
    }
  }
  return found;
}

/** The words that a text lacks, most frequent first: what to look at when recall is low. */
export function missingWords(text: string, reference: string, most: number): string[] {
  const words = wordsOf(text);
  return [...wordsOf(reference)]
    .map(([word, times]) => ({ word, lost: times - (words.get(word) ?? 0) }))
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .slice(0, most)
    .map(({ word, lost }) => (lost > 1 ? `${word} ×${lost}` : word));
}
