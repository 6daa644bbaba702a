/** Sorts many words in steps, so that others have their turn in between. */

/** The order of code units is that of JavaScript; the order of UTF-8 is that of code points. */
export type WordOrder = 'units' | 'utf8';

/** Words in a step of about a millisecond. */
const STEP = 512;
/** Surrogates stand for what is above all other units. */
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const SURROGATE = /[\ud800-\udfff]/;

/** Short runs, each sorted and above the one before; an empty run is a pause. A lone surrogate has no UTF-8. */
export function* sortedRuns(
  words: readonly string[],
  order: WordOrder = 'units',
): Generator<readonly string[]> {
  yield* runsFrom(words, order, 0);
}

/** Words that are alike up to `at`. */
function* runsFrom(words: readonly string[], order: WordOrder, at: number): Generator<readonly string[]> {
  if (words.length <= STEP) {
    const isPlain = order === 'units' || !words.some(word => SURROGATE.test(word));
    yield [...words].sort(isPlain ? undefined : compareCodePoints);
    return;
  }
  const ended: string[] = [];
  const buckets = new Map<number, string[]>();
  for (const [i, word] of words.entries()) {
    const bucket = word.length === at ? ended : buckets.get(word.charCodeAt(at));
    if (bucket === undefined) buckets.set(word.charCodeAt(at), [word]);
    else bucket.push(word);
    if ((i + 1) % (8 * STEP) === 0) yield [];
  }
  yield ended;
  const rank = order === 'units' ? (unit: number): number => unit : rankOf;
  const units = [...buckets.keys()].sort((a, b) => rank(a) - rank(b));
  for (const unit of units) yield* runsFrom(buckets.get(unit)!, order, at + 1);
}

/** Compares as UTF-8 does, without making any. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (one !== other) return rankOf(one) - rankOf(other);
  }
  return a.length - b.length;
}

function rankOf(unit: number): number {
  return unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE ? unit + 0x10000 : unit;
}
