/**
 * Terms that a document itself writes in both scripts: `쿠버네티스(Kubernetes)`, `Kubernetes(쿠버네티스)`. Only
 * transcriptions are taken, by their sound, because brackets may hold anything else.
 */
import { isSpeltOut, phoneticLikeness } from './phonetics.ts';

export interface TermPair {
  /** Hangul words with single blanks between them. */
  readonly hangul: string;
  /** Latin words in lower case, with single blanks between them. */
  readonly latin: string;
}

/** Likeness above which a Hangul and a Latin term are taken for the same. It was measured on the table of the tests. */
const LIKELY = 0.7;
/** Shorter terms (C#) sound like many words. */
const MIN_LETTERS = 3;
/** The Hangul term has at most this many words before the bracket. */
const MAX_WORDS = 4;
/** UTF-16 units of the longest term; longer ones are sentences. */
const MAX_TERM = 40;

const HANGUL = String.raw`[가-힣]{1,20}(?:[ -][가-힣]{1,20}){0,3}`;
const LATIN = String.raw`[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9.+#'’&-]*(?: [A-Za-z0-9][A-Za-zÀ-ÿ0-9.+#'’&-]*){0,3}`;
/**
 * Words that may stand in the bracket beside the term: `(영어: Kubernetes)`, `(이하 쿠버네티스)`, `(Kubernetes, K8s)`.
 */
const BEFORE = String.raw`[ ]?[(（\[「][ ]?(?:(?:영어|영문|영|이하|약칭|일명|또는|즉)[ ]?[:：]?[ ]?)?`;
const AFTER = String.raw`(?=[ ]?[)）\]」,:;/])`;
const PAIRS = new RegExp(
  String.raw`(${HANGUL})(?:[*_\x60"'’”]{0,3})${BEFORE}(${LATIN})${AFTER}|(${LATIN})(?:[*_\x60"'’”]{0,3})${BEFORE}(${HANGUL})${AFTER}`,
  'gu',
);

/** Whether both scripts meet at a bracket. It is asked first, because most texts have no such place. */
const MAY_HAVE = new RegExp(
  String.raw`[가-힣][*_\x60"'’”]{0,3}${BEFORE}[A-Za-zÀ-ÿ]|[A-Za-zÀ-ÿ0-9.+#'’&-][*_\x60"'’”]{0,3}${BEFORE}[가-힣]`,
  'u',
);

/** The pairs of a text in reading order, each once; takes time linear in the text's length. */
export function termPairsOf(text: string): TermPair[] {
  const found = new Map<string, TermPair>();
  const add = (pair: TermPair | null): void => {
    if (pair !== null) found.set(`${pair.hangul}|${pair.latin}`, pair);
  };
  const composed = text.normalize('NFC');
  if (!MAY_HAVE.test(composed)) return [];
  for (const [, hangulFirst, latin, latinFirst, hangul] of composed.matchAll(PAIRS)) {
    // The term ends at the bracket; its beginning is found by the sound.
    const pair =
      hangulFirst === undefined
        ? bestPair([hangul!], lastWords(latinFirst!))
        : bestPair(lastWords(hangulFirst), [latin!]);
    add(pair);
    if (pair !== null) for (const part of partsOf(pair)) add(part);
  }
  return Array.from(found.values());
}

/** Whether the two are the same term in two scripts. */
export function soundAlike(hangul: string, latin: string): boolean {
  return likeness(hangul, latin) >= LIKELY;
}

function likeness(hangul: string, latin: string): number {
  if (hangul.length < 2 || hangul.length > MAX_TERM || latin.length > MAX_TERM) return 0;
  if (isSpeltOut(hangul, latin)) return 1;
  return latin.replace(/[^A-Za-z]/g, '').length < MIN_LETTERS ? 0 : phoneticLikeness(hangul, latin);
}

function lastWords(phrase: string): string[] {
  const words = phrase.split(' ');
  return Array.from({ length: Math.min(MAX_WORDS, words.length) }, (_, i) => words.slice(-1 - i).join(' '));
}

function bestPair(hanguls: readonly string[], latins: readonly string[]): TermPair | null {
  let best: TermPair | null = null;
  let most = LIKELY;
  for (const hangul of hanguls)
    for (const latin of latins) {
      const here = likeness(hangul, latin);
      if (here < most || (here === most && best !== null)) continue;
      most = here;
      best = { hangul, latin: latin.toLowerCase() };
    }
  return best;
}

/** Splits 구글 클라우드, google cloud into words that are terms themselves. */
function partsOf({ hangul, latin }: TermPair): TermPair[] {
  const left = hangul.split(' ');
  const right = latin.split(' ');
  if (left.length < 2 || left.length !== right.length) return [];
  const parts = left.map((word, i): TermPair => ({ hangul: word, latin: right[i]! }));
  return parts.filter(part => soundAlike(part.hangul, part.latin));
}
