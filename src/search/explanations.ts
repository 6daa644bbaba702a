/**
 * Explanations of one search. Beside other sources the same passages are ranked twice, with other constants, and what
 * takes long of an explanation, the places in the text, is the same both times.
 */
import type { Contribution } from '../domain/hit.ts';
import type { PassageText } from '../domain/passage.ts';
import type { Segment } from '../index/segment/segment.ts';
import { unweighedOf, weighed } from './explain.ts';
import type { EncodedQuery } from './query/encodedQuery.ts';
import type { Scored } from './ranking/boundedScores.ts';
import type { Constants } from './ranking/fusionConstants.ts';

type ExplainedHit = Pick<Scored, 'segment' | 'passage' | 'semanticMatches' | 'lexicalMatches'> & {
  readonly name: number;
};

interface Known {
  readonly query: EncodedQuery;
  readonly hit: ExplainedHit;
  readonly unweighed: readonly Contribution[];
}

export class Explanations {
  readonly #known = new Map<Segment, Map<number, Known>>();

  /** Gives what `contributionsOf` gives. */
  of(
    hit: ExplainedHit,
    text: PassageText,
    headings: readonly string[],
    query: EncodedQuery,
    constants: Constants,
  ): Contribution[] {
    const known = this.#known.get(hit.segment)?.get(hit.passage);
    const isKnown = known !== undefined && known.query === query && hasSameMatches(known.hit, hit);
    const unweighed = isKnown ? known.unweighed : unweighedOf(hit, text, headings, query);
    if (!isKnown) this.#keep(hit, { query, hit, unweighed });
    return weighed(unweighed, hit.name, query, constants);
  }

  #keep({ segment, passage }: ExplainedHit, known: Known): void {
    const own = this.#known.get(segment);
    if (own === undefined) this.#known.set(segment, new Map([[passage, known]]));
    else own.set(passage, known);
  }
}

/** A ranking of the same query may leave out a channel or some of its words, or weigh them by other statistics. */
function hasSameMatches(a: ExplainedHit, b: ExplainedHit): boolean {
  return (
    a.semanticMatches.length === b.semanticMatches.length &&
    a.lexicalMatches.length === b.lexicalMatches.length &&
    a.semanticMatches.every((match, i) => isSame(match, b.semanticMatches[i]!)) &&
    a.lexicalMatches.every(
      (match, i) => isSame(match, b.lexicalMatches[i]!) && match.query === b.lexicalMatches[i]!.query,
    )
  );
}

/** The same term object stands for the same weight in the query. */
function isSame<T extends { readonly term: unknown; readonly passage: number }>(a: T, b: T): boolean {
  return a.term === b.term && a.passage === b.passage;
}
