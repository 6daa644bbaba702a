/** The other forms of one query word, checked against the words that the documents have. Pure. */
import { isHangulWord, syllableOf } from '../jamo.ts';
import { stemOf } from '../words.ts';
import { canBeHalfTyped } from './halfTyped.ts';
import { hasHanja } from './hanja.ts';
import { analysesOf, beginningsOf, proofsOf, stemOfDictionaryForm } from './inflection.ts';
import { initialsPatternOf } from './initials.ts';
import { swapLayout } from './keyboardLayout.ts';
import { hangulOf } from './keystrokes.ts';
import type { Lexicon } from './lexicon.ts';
import { composed, queryFormOf } from './queryForm.ts';
import type { Rewriting, RewritingKind } from './rewriting.ts';
import { hasPrefix, type Vocabulary } from './vocabulary.ts';

export interface RewritingOptions {
  /** Whether the word is the last one of a query that is still being typed. Default false. */
  readonly typing?: boolean;
  /** How many rewritings at most. Default 6. */
  readonly limit?: number;
}

/** How sure each way is, before what is known of the single case. Below 1, which a literal word has. */
const CONFIDENCE = {
  composition: 0.95,
  hanja: 0.9,
  glossary: 0.9,
  learnt: 0.8,
  loanword: 0.9,
  loanwordByRule: 0.6,
  inflection: 0.7,
  halfTyped: 0.6,
  initials: 0.6,
  initialsPrefix: 0.4,
  typo: 0.55,
  twoTypos: 0.4,
  /** At the least; what is implausible as it stands gets up to 0.4 more. */
  layout: 0.5,
} as const;

const LIMIT = 6;
/** Candidates of one way, where there may be very many. */
const LIMITS = {
  initials: 4,
  halfTyped: 3,
  typo: 3,
  hanja: 2,
  loanword: 3,
  glossary: 4,
  inflection: 12,
} as const;

/**
 * Most likely first, each target once. Other words for the same thing (hanja, loanword, glossary, inflection) are
 * given for any word; a word that the documents have, or that begins one of theirs, is never taken for a mistake.
 * A word has at most one rewriting of kind `inflection`, with all beginnings in `searched`.
 */
export function rewritingsOf(word: string, lexicon: Lexicon, options: RewritingOptions = {}): Rewriting[] {
  const form = queryFormOf(word);
  const found: Rewriting[] = [];
  const take = (kind: RewritingKind, confidence: number, targets: readonly string[]): void => {
    for (const to of targets)
      found.push({
        kind,
        from: word,
        to,
        searched: [to],
        prefix: isHangulWord(to) && to.length > 1,
        confidence,
      });
  };
  if (form === '') return [];
  const { vocabulary } = lexicon;
  takeAdditions(form, word, lexicon, take, found);
  if (!hasPrefix(vocabulary, form))
    takeMistakes(form, word.normalize('NFKC'), lexicon, options, take, () => found.length > 0);
  const best = new Map<string, Rewriting>();
  for (const rewriting of found.sort((a, b) => b.confidence - a.confidence))
    if (rewriting.to !== form && !best.has(rewriting.to)) best.set(rewriting.to, rewriting);
  return Array.from(best.values()).slice(0, options.limit ?? LIMIT);
}

type Take = (kind: RewritingKind, confidence: number, targets: readonly string[]) => void;

/** The same thing in other words, whether or not the documents have the word itself. */
function takeAdditions(form: string, word: string, lexicon: Lexicon, take: Take, found: Rewriting[]): void {
  const { vocabulary, hanja, hanjaByReading, glossary, learnt, loanwords } = lexicon;
  const stem = stemOf(form);
  const forms = stem === form ? [form] : [form, stem];
  if (hasHanja(form)) {
    const readings = hanja.readingsOf(form).flatMap(reading => resolved(reading, vocabulary));
    take('hanja', CONFIDENCE.hanja, readings.slice(0, LIMITS.hanja));
  } else {
    const words = forms.flatMap(each => hanjaByReading.get(each) ?? []);
    take('hanja', CONFIDENCE.hanja, byFrequency(words, vocabulary).slice(0, LIMITS.hanja));
  }
  const isPresent = (term: string): boolean => term.split(' ').every(part => hasPrefix(vocabulary, part));
  const others = (terms: typeof glossary): string[] =>
    forms
      .flatMap(each => terms.othersOf(each))
      .filter(isPresent)
      .slice(0, LIMITS.glossary);
  take('glossary', CONFIDENCE.glossary, others(glossary));
  take('glossary', CONFIDENCE.learnt, others(learnt));
  const spellings = forms
    .flatMap(each => loanwords.spellingsOf(each))
    .filter(({ word: other }) => hasPrefix(vocabulary, other));
  const listed = spellings.filter(({ by }) => by === 'list').map(({ word: other }) => other);
  take('loanword', CONFIDENCE.loanword, byFrequency(listed, vocabulary).slice(0, LIMITS.loanword));
  // A word that the documents have is spelt right by them, as far as rules can tell.
  if (listed.length === 0 && !forms.some(each => vocabulary.has(each))) {
    const ruled = spellings.map(({ word: other }) => other);
    take('loanword', CONFIDENCE.loanwordByRule, byFrequency(ruled, vocabulary).slice(0, LIMITS.loanword));
  }
  const inflections = inflectionsOf(form, vocabulary);
  if (inflections !== null)
    found.push({
      kind: 'inflection',
      from: word,
      ...inflections,
      prefix: true,
      confidence: CONFIDENCE.inflection,
    });
}

/** The word is not in the documents: what it may have been meant as. `isExplained`: something has been taken. */
function takeMistakes(
  form: string,
  typedWord: string,
  lexicon: Lexicon,
  options: RewritingOptions,
  take: Take,
  isExplained: () => boolean,
): void {
  const { vocabulary, hangulWords, spellings } = lexicon;
  const whole = composed(form);
  if (whole !== null) take('composition', CONFIDENCE.composition, resolved(whole, vocabulary));
  const initials = (typed: string, kind: RewritingKind): void => {
    const pattern = initialsPatternOf(typed);
    if (pattern === null) return;
    const { whole: same, prefix } = hangulWords.matching(pattern);
    const words = byFrequency(same, vocabulary).slice(0, LIMITS.initials);
    take(kind, CONFIDENCE.initials, words);
    const longer = byFrequency(prefix, vocabulary).slice(0, LIMITS.initials - words.length);
    take(kind, CONFIDENCE.initialsPrefix, longer);
  };
  const halfTyped = (typed: string, kind: RewritingKind): void => {
    if (options.typing !== true || !canBeHalfTyped(typed)) return;
    const words = byFrequency(hangulWords.continuing(typed), vocabulary);
    take(kind, CONFIDENCE.halfTyped, words.slice(0, LIMITS.halfTyped));
  };
  initials(form, 'initials');
  halfTyped(form, 'halfTyped');
  // With Shift as it was typed (dPtks is 예산), else without: a first letter may be a capital by itself.
  const swap = isAbbreviation(typedWord)
    ? undefined
    : [typedWord, form]
        .map(each => swapLayout(each))
        .find(each => each !== null && isKnown(each.to, vocabulary));
  if (swap) take('layout', CONFIDENCE.layout + 0.4 * swap.plausibility, resolved(swap.to, vocabulary));
  else if (/^[b-df-hj-np-tv-xz]{3,}$/.test(typedWord)) initials(hangulOf(form), 'layout');
  if (swap === undefined && /^[a-z]{4,}$/.test(typedWord)) halfTyped(hangulOf(form), 'layout');
  // A slip is the last thing to think of; 회의용 is 회의 with an ending rather than one.
  const stem = stemOf(form);
  if (isExplained() || (stem !== form && vocabulary.has(stem))) return;
  const near = [form, ...(stem === form ? [] : [stem])].flatMap(each => spellings.near(each, stem));
  for (const distance of [1, 2]) {
    const words = near.filter(each => each.distance === distance).map(each => each.word);
    const confidence = distance === 1 ? CONFIDENCE.typo : CONFIDENCE.twoTypos;
    if (words.length === 0) continue;
    take('typo', confidence, byFrequency(words, vocabulary).slice(0, LIMITS.typo));
    break;
  }
}

/** ETL and RAG are meant as they stand. */
function isAbbreviation(word: string): boolean {
  return /^[A-Z]{2,4}s?$/.test(word);
}

/** Whether a swapped word is in the documents; a lone syllable, or three letters, as a whole. */
function isKnown(target: string, vocabulary: Vocabulary): boolean {
  const short = target.length < (isHangulWord(target) ? 2 : 4);
  return short ? vocabulary.has(target) : resolved(target, vocabulary).length > 0;
}

/** A target as the documents have it: itself, or without its particle; nothing if they don't. */
function resolved(target: string, vocabulary: Vocabulary): string[] {
  if (hasPrefix(vocabulary, target)) return [target];
  const stem = stemOf(target);
  return stem !== target && vocabulary.has(stem) ? [stem] : [];
}

/** Most frequent first; a noun with its particle after all bare ones, if the bare one is a word too. */
function byFrequency(words: Iterable<string>, vocabulary: Vocabulary): string[] {
  const rank = (word: string): number => {
    const stem = stemOf(word);
    return stem !== word && vocabulary.has(stem) ? 1 : 0;
  };
  return Array.from(new Set(words), word => ({
    word,
    rank: rank(word),
    frequency: vocabulary.frequency(word),
  }))
    .sort((a, b) => a.rank - b.rank || b.frequency - a.frequency || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}

/**
 * Beginnings of other forms that the documents have, most frequent first, and the most frequent word among those
 * that begin so; null where the word is no verb for sure, or has no other form.
 */
function inflectionsOf(form: string, vocabulary: Vocabulary): Pick<Rewriting, 'to' | 'searched'> | null {
  const dictionaryStem = stemOfDictionaryForm(form);
  const stems =
    dictionaryStem === null
      ? analysesOf(form)
          .filter(({ stem, strong }) => (strong || !isShort(stem)) && isVerb(stem, vocabulary))
          .map(({ stem }) => stem)
      : isVerb(dictionaryStem, vocabulary)
        ? [dictionaryStem]
        : [];
  const counts = new Map<string, number>();
  let to = '';
  for (const beginning of stems.flatMap(beginningsOf)) {
    if (form.startsWith(beginning)) continue;
    let count = 0;
    for (const word of vocabulary.withPrefix(beginning)) {
      if (word === form) continue;
      count += vocabulary.frequency(word);
      if (vocabulary.frequency(word) > vocabulary.frequency(to)) to = word;
    }
    if (count > 0) counts.set(beginning, count);
  }
  if (to === '') return null;
  const searched = Array.from(counts)
    .sort((x, y) => y[1] - x[1])
    .slice(0, LIMITS.inflection)
    .map(([beginning]) => beginning);
  return { to, searched };
}

/** 가지 and 사고 are more often nouns than forms of 가다 and 사다. */
function isShort(stem: string): boolean {
  return stem.length === 1 && syllableOf(stem)?.final === '';
}

function isVerb(stem: string, vocabulary: Vocabulary): boolean {
  // 참조이다: a noun and 이다.
  if (stem.length > 2 && stem.endsWith('이') && vocabulary.has(stem.slice(0, -1))) return false;
  return proofsOf(stem).some(proof => hasPrefix(vocabulary, proof));
}
