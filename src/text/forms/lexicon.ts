/** The data that `rewritingsOf` looks up: it is built once for a vocabulary and used for every query. */
import { Glossary } from './foreign/glossary.ts';
import { Hanja, hasHanja } from './korean/hanja.ts';
import { HangulWords } from './korean/hangulWords.ts';
import { Loanwords } from './foreign/loanwords.ts';
import { SpellingIndex } from './typing/spellingIndex.ts';
import { Transcriptions } from './foreign/transcriptions.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Lexicon {
  readonly vocabulary: Vocabulary;
  readonly hangulWords: HangulWords;
  readonly spellings: SpellingIndex;
  readonly loanwords: Loanwords;
  /** Words by their sound in the other script. */
  readonly transcriptions: Transcriptions;
  readonly hanja: Hanja;
  /** Words with ideographs, by their two most usual readings. */
  readonly hanjaByReading: ReadonlyMap<string, readonly string[]>;
  /** The user's own groups of terms. */
  readonly glossary: Glossary;
  /** Pairs that the documents themselves write (`termPairsOf`). */
  readonly learnt: Glossary;
}

/** Number of readings under which a word of the documents is found. */
const READINGS = 2;
/** Number of words handled in one step. */
const STEP = 256;

/** Builds the data; takes about 0.4 s for 200,000 words. The vocabulary must not change afterwards. */
export function lexiconOf(
  vocabulary: Vocabulary,
  glossary: Glossary = new Glossary(),
  learnt: Glossary = new Glossary(),
): Lexicon {
  const steps = lexiconInSteps(vocabulary, glossary, learnt);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Does the same in steps of about a millisecond; data that does not depend on the words is taken from `before`. */
export function* lexiconInSteps(
  vocabulary: Vocabulary,
  glossary: Glossary,
  learnt: Glossary,
  before: Lexicon | null = null,
): Generator<undefined, Lexicon> {
  const hanja = before?.hanja ?? new Hanja();
  yield;
  const hanjaByReading = new Map<string, string[]>();
  const hangulWords = new HangulWords();
  const spellings = new SpellingIndex();
  const transcriptions = new Transcriptions();
  let done = 0;
  for (const word of vocabulary.words()) {
    hangulWords.add(word);
    spellings.add(word);
    transcriptions.add(word);
    if (hasHanja(word))
      for (const reading of hanja.readingsOf(word).slice(0, READINGS)) {
        const words = hanjaByReading.get(reading);
        if (words === undefined) hanjaByReading.set(reading, [word]);
        else words.push(word);
      }
    if (++done % STEP === 0) yield;
  }
  const loanwords = before?.loanwords ?? new Loanwords();
  return {
    vocabulary,
    hangulWords,
    spellings,
    loanwords,
    transcriptions,
    hanja,
    hanjaByReading,
    glossary,
    learnt,
  };
}
