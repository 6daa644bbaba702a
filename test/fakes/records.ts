/** Short ways to make file records. */
import { createHash } from 'node:crypto';
import type { FileRecord, PassageRecord } from '../../src/index/records.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import { countTerms } from '../../src/readers/countTerms.ts';
import { plainTextOfMarkdown } from '../../src/text/plainText.ts';

export function vectorOf(
  weights: Readonly<Record<number, number>>,
  places: Readonly<Record<number, number>> = {},
): SparseVector {
  const dimensions = Object.keys(weights)
    .map(Number)
    .sort((a, b) => a - b);
  return {
    dimensions: Uint32Array.from(dimensions),
    weights: Float32Array.from(dimensions, dimension => weights[dimension]!),
    places: Uint16Array.from(dimensions, dimension => places[dimension] ?? 0),
  };
}

/** Most passages of tests are of text files with Markdown. */
export const MARKDOWN = { markup: 'markdown', location: { kind: 'line' } } as const;

export function passage(
  text: string,
  vector: SparseVector = vectorOf({}),
  headings: readonly string[] = [],
): PassageRecord {
  return {
    start: 0,
    end: text.length,
    line: 0,
    column: 0,
    endLine: 0,
    headings,
    text,
    ...MARKDOWN,
    hash: createHash('sha256')
      .update(`${headings.join('>')}\0${text}`)
      .digest('hex')
      .slice(0, 32),
    vector,
    beside: '',
    terms: countTerms({ text, plain: plainTextOfMarkdown(text).text, headings: headings.join('\n') }),
  };
}

/** As the first stage leaves it: without its vector. */
export function pendingPassage(text: string, headings: readonly string[] = []): PassageRecord {
  return { ...passage(text, vectorOf({}), headings), pending: true };
}

export function file(
  path: string,
  passages: readonly PassageRecord[],
  tags: readonly string[] = [],
): FileRecord {
  const stamp = { path, size: 1, modified: 2, hash: 'ab' };
  return { ...stamp, state: 'indexed', reason: null, detail: null, tags, passages };
}
