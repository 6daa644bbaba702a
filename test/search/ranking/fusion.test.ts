import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { PassageRecord } from '../../../src/index/records.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { termsIn, textCount } from '../../../src/index/segment/termCounts.ts';
import { frequencyOf, idf, saturation, BM25 } from '../../../src/search/ranking/bm25.ts';
import { contributionsOf } from '../../../src/search/explain.ts';
import { Explanations } from '../../../src/search/explanations.ts';
import { lexicalConstant } from '../../../src/search/ranking/boundedScores.ts';
import { rank, SEMANTIC_SHARE } from '../../../src/search/ranking/fusion.ts';
import { constantsOf, SCALE } from '../../../src/search/ranking/fusionConstants.ts';
import { prepareQuery, withVector, type EncodedQuery } from '../../../src/search/query/encodedQuery.ts';
import type { RewrittenTerm, RewrittenWord } from '../../../src/search/query/rewriting.ts';
import type { Hit } from '../../../src/domain/hit.ts';
import { NAME_BONUS } from '../../../src/search/ranking/rankNamed.ts';
import { DEFAULT_REFERENCE } from '../../../src/search/ranking/semanticReference.ts';
import { knownShare } from '../../../src/search/ranking/unknownWords.ts';
import { search } from '../../../src/search/search.ts';
import { wordKey } from '../../../src/text/forms/vocabularyKeys.ts';
import { compiledKernel } from '../../fakes/compiledKernel.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';
import { WordPlaces } from '../../../src/text/words.ts';
import { file, passage, pendingPassage, vectorOf } from '../../fakes/records.ts';
import { recordsOf } from '../../fakes/segmentRecords.ts';

let scorer = new Scorer(plainKernel);
const NAMES = Array.from({ length: 40 }, (_, i) => `말${i}`);
const SYLLABLES = fc.constantFrom('회의', '예산', '연차', '신청', '보고서', 'kube', '돈', '3', ' ');

const passages = fc.array(
  fc.tuple(
    fc.array(SYLLABLES, { maxLength: 8 }).map(words => words.join(' ')),
    fc.dictionary(fc.nat(39).map(String), fc.float({ min: Math.fround(0.01), max: 3, noNaN: true }), {
      maxKeys: 12,
    }),
    fc.nat(3).map(one => one === 0),
  ),
  { minLength: 1, maxLength: 40 },
);
const query = fc.tuple(
  fc.array(SYLLABLES, { minLength: 1, maxLength: 4 }).map(words => words.join(' ')),
  fc.dictionary(fc.nat(39).map(String), fc.float({ min: Math.fround(0.01), max: 2, noNaN: true }), {
    maxKeys: 8,
  }),
);

type Row = readonly [text: string, vector: Record<string, number>, pending: boolean];

function recordOf([text, vector, pending]: Row, headings: readonly string[] = []): PassageRecord {
  return pending ? pendingPassage(text, headings) : passage(text, vectorOf(vector), headings);
}

function segmentsOf(records: readonly PassageRecord[], parts: number): Promise<Segment[]> {
  const size = Math.ceil(records.length / parts);
  const segments = Array.from({ length: parts }, (_, i) => {
    const own = records.slice(i * size, (i + 1) * size);
    return Segment.of(`s${i}`, writeSegment([file(`f${i}`, own)]));
  });
  return Promise.all(segments);
}

/** The formula of the score, straight from the records, in float64. */
async function bruteForce(
  segments: readonly Segment[],
  prepared: EncodedQuery,
  share: number,
): Promise<number[]> {
  const weights = new Map(prepared.semantic.map(term => [term.dimension, term.weight]));
  const files = await Promise.all(segments.map(segment => recordsOf(segment, [0])));
  const records = files.flatMap(([record]) => record!.passages);
  const semantic = records.map(({ vector }) =>
    vector.dimensions.reduce((sum, d, i) => sum + (weights.get(d) ?? 0) * vector.weights[i]!, 0),
  );
  const length = (record: PassageRecord): number => record.terms.bodyLength + record.terms.headingLength;
  const average = records.reduce((sum, record) => sum + length(record), 0) / records.length;
  const count = (record: PassageRecord, term: string): number => {
    const at = termsIn(record.terms).indexOf(term);
    return at === -1 ? 0 : frequencyOf(record.terms.counts[at]!, BM25);
  };
  const lexical = records.map(() => 0);
  let lexicalLimit = 0;
  for (const { text, weight, prefix } of prepared.lexical) {
    const frequencies = records.map(record =>
      termsIn(record.terms)
        .filter(term => (prefix ? term.startsWith(text) : term === text))
        .reduce((sum, term) => Math.min(15, sum + count(record, term)), 0),
    );
    const df = frequencies.filter(each => each > 0).length;
    lexicalLimit += weight * idf(records.length, df) * (BM25.k1 + 1);
    frequencies.forEach((times, i) => {
      lexical[i]! += weight * idf(records.length, df) * saturation(times, length(records[i]!), average, BM25);
    });
  }
  for (const [i, sum] of rewrittenScores(records, prepared, average).entries()) lexical[i]! += sum;
  const semanticLimit = prepared.semantic.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const constants = constantsOf(
    {
      semantic: Math.max(0, ...semantic),
      lexical: Math.max(0, ...lexical),
      semanticLimit,
      lexicalLimit,
      known: knownShare(prepared.semantic),
    },
    { channel: share === 1 ? 'semantic' : 'hybrid', share, reference: DEFAULT_REFERENCE },
  );
  return records.map(
    ({ pending }, i) =>
      constants.semantic * semantic[i]! + (pending ? constants.pending : constants.lexical) * lexical[i]!,
  );
}

const lengthOf = ({ terms }: PassageRecord): number => terms.bodyLength + terms.headingLength;

/** How often a passage has a term, or any that begins with it. */
function frequency({ terms }: PassageRecord, text: string, prefix: boolean): number {
  let sum = 0;
  termsIn(terms).forEach((term, i) => {
    if (prefix ? term.startsWith(text) : term === text) sum += frequencyOf(terms.counts[i]!, BM25);
  });
  return Math.min(15, sum);
}

/** Of a form, the passage's least frequent word; of a word, its most frequent longer one. Texts only, no headings. */
function formFrequency({ terms }: PassageRecord, form: RewrittenTerm['forms'][number]): number {
  const of = ({ text, prefix }: RewrittenWord): number =>
    Math.max(
      0,
      ...termsIn(terms).map((term, i) =>
        (prefix ? term.startsWith(wordKey(text)) : term === wordKey(text)) ? textCount(terms.counts[i]!) : 0,
      ),
    );
  return Math.min(...form.map(of));
}

/** What the rewritings of each word add: the first one that a passage has, below what the word adds at the least. */
function rewrittenScores(
  records: readonly PassageRecord[],
  { lexical, rewritten }: EncodedQuery,
  average: number,
): number[] {
  const sums = records.map(() => 0);
  for (const word of new Set(rewritten.map(term => term.word))) {
    const own = rewritten.filter(term => term.word === word);
    const core = lexical.filter(term => term.word === word && term.core);
    const df = (text: string, prefix: boolean): number =>
      records.filter(record => frequency(record, text, prefix) > 0).length;
    const having = records.filter(record =>
      core.every(({ text, prefix }) => frequency(record, text, prefix) > 0),
    );
    const longest = Math.max(...having.map(lengthOf));
    const least = core.reduce(
      (sum, { text, prefix, weight }) =>
        sum + weight * idf(records.length, df(text, prefix)) * saturation(1, longest, average, BM25),
      0,
    );
    const most = having.length === 0 ? Infinity : (0.9 * least) / (BM25.k1 + 1);
    const best = records.map(record =>
      own.findIndex(({ forms }) => forms.some(form => formFrequency(record, form) > 0)),
    );
    best.forEach((which, i) => {
      if (which === -1) return;
      const { forms, weight } = own[which]!;
      const count = Math.max(...forms.map(form => formFrequency(records[i]!, form)));
      const n = best.filter(other => other === which).length;
      sums[i]! +=
        Math.min(weight * idf(records.length, n), most) *
        saturation(count, lengthOf(records[i]!), average, BM25);
    });
  }
  return sums;
}

/** Any words as rewritings of any word of a query. */
const rewritings = fc.array(
  fc.record({
    word: fc.nat(3),
    weight: fc.double({ min: 0.05, max: 2, noNaN: true }),
    forms: fc.array(
      fc.array(fc.record({ text: fc.constantFrom('회의', '예산', '연차', '보고', 'kube', '신청', '보고서'), prefix: fc.boolean() }), { minLength: 1, maxLength: 2 }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { maxLength: 4 },
); // prettier-ignore

function rewrittenQuery(
  prepared: EncodedQuery,
  terms: readonly Pick<RewrittenTerm, 'word' | 'weight' | 'forms'>[],
): EncodedQuery {
  const able = terms.filter(({ word }) => prepared.lexical.some(term => term.word === word && term.core));
  const rewritten = able.map((term, i): RewrittenTerm => {
    const rewriting = { id: String(i), kind: 'typo', word: term.word, from: '가', to: '나' } as const;
    return { ...term, rewriting };
  });
  return { ...prepared, rewritten };
}

for (const kind of ['plain', 'wasm'] as const)
  describe(`rank, ${kind} kernel`, () => {
    before(async function () {
      this.timeout(60_000);
      const compiled = await compiledKernel();
      scorer = new Scorer(kind === 'plain' ? plainKernel : () => compiled);
    });

    it('gives the exact top k of the fused score, over any split into segments', async () => {
      await fc.assert(
        fc.asyncProperty(
          passages,
          query,
          rewritings,
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1, max: 12 }),
          async (rows, [text, weights], terms, parts, k) => {
            const segments = await segmentsOf(
              rows.map(row => recordOf(row)),
              parts,
            );
            const prepared = rewrittenQuery(withVector(prepareQuery(text), vectorOf(weights), NAMES), terms);
            const { hits } = await rank(scorer, segments, prepared.semantic, prepared.lexical, {
              channel: 'hybrid',
              k,
              floor: 0,
              rewritten: prepared.rewritten,
            });
            const wanted = await bruteForce(segments, prepared, SEMANTIC_SHARE);
            const best = wanted
              .filter(score => score > 0)
              .sort((a, b) => b - a)
              .slice(0, k);
            assert.equal(hits.length, best.length);
            const offsets = segments.map((_, i) =>
              segments.slice(0, i).reduce((sum, s) => sum + s.passageCount, 0),
            );
            hits.forEach((hit, i) => {
              assert.ok(Math.abs(hit.score - best[i]!) < 1e-9 * SCALE, `${hit.score} instead of ${best[i]}`);
              const at = offsets[segments.indexOf(hit.segment)]! + hit.passage;
              assert.ok(Math.abs(wanted[at]! - hit.score) < 1e-9 * SCALE);
            });
          },
        ),
        { numRuns: 300 },
      );
    });

    it('scores what is left after deletions like a fresh index', async () => {
      await fc.assert(
        fc.asyncProperty(
          passages,
          query,
          rewritings,
          fc.array(fc.nat(39), { maxLength: 20 }),
          async (rows, [text, weights], terms, deleted) => {
            const records = rows.map(row => recordOf(row));
            const [edited] = await segmentsOf(records, 1);
            const prepared = rewrittenQuery(withVector(prepareQuery(text), vectorOf(weights), NAMES), terms);
            const scores = async (
              segment: Segment,
              places: readonly number[],
            ): Promise<Map<number, number>> => {
              const settings = { channel: 'hybrid', k: 40, floor: 0, rewritten: prepared.rewritten } as const;
              const { hits } = await rank(scorer, [segment], prepared.semantic, prepared.lexical, settings);
              return new Map(hits.map(hit => [places[hit.passage]!, hit.score]));
            };
            const all = records.map((_, i) => i);
            // The lists are read, and counted, while every passage is there.
            await scores(edited!, all);
            for (const at of deleted) if (at < records.length) edited!.markDeleted(at, at + 1);
            const left = all.filter(at => !deleted.includes(at));
            if (left.length === 0) return;
            const [fresh] = await segmentsOf(
              left.map(at => records[at]!),
              1,
            );
            const found = await scores(edited!, all);
            const expected = await scores(fresh!, left);
            // How finely a segment keeps its weights depends on the largest of them.
            for (const at of new Set([...found.keys(), ...expected.keys()])) {
              const [score, wanted] = [found.get(at) ?? 0, expected.get(at) ?? 0];
              assert.ok(Math.abs(score - wanted) < 0.01, `${at}: ${score} for ${wanted}`);
            }
          },
        ),
        { numRuns: 200 },
      );
    });

    it('ranks what has another form of a word below all that has the word', async () => {
      await fc.assert(
        fc.asyncProperty(passages, query, rewritings, async (rows, [text], terms) => {
          const records = rows.map(([body]) => passage(body));
          const segments = await segmentsOf(records, 2);
          const prepared = rewrittenQuery(prepareQuery(text), terms);
          const { hits } = await rank(scorer, segments, [], prepared.lexical, {
            channel: 'lexical',
            k: 100,
            floor: 0,
            rewritten: prepared.rewritten,
          });
          prepared.words.forEach((_, word) => {
            const core = prepared.lexical.filter(term => term.word === word && term.core);
            if (core.length === 0) return;
            let least = Infinity;
            let most = 0;
            for (const { lexicalMatches } of hits) {
              const own = lexicalMatches.filter(({ term }) => term.word === word);
              const value = own.reduce((sum, { query: q, passage: p }) => sum + q * p, 0);
              if (core.every(term => own.some(match => match.term === term))) least = Math.min(least, value);
              else if (own.every(({ term }) => 'rewriting' in term)) most = Math.max(most, value);
            }
            assert.ok(most < least, `word ${word}: ${most} is not below ${least}`);
          });
        }),
        { numRuns: 200 },
      );
    });

    it('finds the exact maximum where one segment is coarser than another', async () => {
      const [a, b] = [
        vectorOf({ 29: 0.015688180923461914 }),
        vectorOf({ 0: 0.0625, 29: 0.015686988830566406 }),
      ];
      const segments = await segmentsOf([passage('', a), passage('', b)], 2);
      const prepared = withVector(prepareQuery('회의'), vectorOf({ 29: 0.01 }), NAMES);
      const settings = { channel: 'semantic', k: 1, floor: 0 } as const;
      const { hits, maxima } = await rank(scorer, segments, prepared.semantic, [], settings);
      assert.equal(hits[0]!.segment, segments[0]);
      assert.equal(maxima.semantic, hits[0]!.semantic);
    });

    it('is exact also where scores differ by less than an impact', async () => {
      const close = fc.integer({ min: 0, max: 400 }).map(noise => 1 + noise / 40_000);
      const rows = fc.array(fc.tuple(close, close, close), { minLength: 20, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(rows, close, async (weights, large) => {
          // One large weight makes the impacts coarse.
          const records = weights.map(([a, b, c]) => passage('', vectorOf({ 0: a, 1: b, 2: c })));
          const segments = await segmentsOf([...records, passage('', vectorOf({ 9: large * 8 }))], 1);
          const prepared = withVector(prepareQuery('가'), vectorOf({ 0: 1, 1: 1, 2: 1 }), NAMES);
          const { hits } = await rank(scorer, segments, prepared.semantic, [], {
            channel: 'semantic',
            k: 3,
            floor: 0,
          });
          const best = (await bruteForce(segments, prepared, 1)).sort((a, b) => b - a);
          hits.forEach((hit, i) => assert.ok(Math.abs(hit.score - best[i]!) < 1e-9));
        }),
        { numRuns: 50 },
      );
    });

    it('is the top k of what is wanted, with the same scores but for the channels’ maxima', async () => {
      await fc.assert(
        fc.asyncProperty(
          passages,
          query,
          fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
          async (rows, [text, weights], flags) => {
            const segments = await segmentsOf(
              rows.map(([body, w]) => passage(body, vectorOf(w))),
              1,
            );
            const prepared = withVector(prepareQuery(text), vectorOf(weights), NAMES);
            const settings = { channel: 'hybrid', k: 40, floor: 0 } as const;
            const wanted = (): Uint8Array => Uint8Array.from(flags.slice(0, rows.length), Number);
            const all = await rank(scorer, segments, prepared.semantic, prepared.lexical, settings);
            const some = await rank(scorer, segments, prepared.semantic, prepared.lexical, {
              ...settings,
              wanted,
            });
            const order = (hits: typeof all.hits): number[] =>
              hits.map(hit => hit.passage).sort((a, b) => a - b);
            assert.deepEqual(order(some.hits), order(all.hits.filter(hit => flags[hit.passage])));
            for (const hit of some.hits) {
              const same = all.hits.find(other => other.passage === hit.passage)!;
              if (hit.semantic > 0 && same.semantic > 0) assert.equal(hit.semantic, same.semantic);
              if (hit.lexical > 0 && same.lexical > 0) assert.equal(hit.lexical, same.lexical);
            }
          },
        ),
        { numRuns: 100 },
      );
    });

    it('leaves out passages of replaced files', async () => {
      const [segment] = await segmentsOf([passage('예산'), passage('예산 회의')], 1);
      segment!.markDeleted(0, 1);
      const { hits, total } = await rank(scorer, [segment!], [], prepareQuery('예산').lexical, {
        channel: 'lexical',
        k: 10,
        floor: 0,
      });
      assert.equal(total, 1);
      assert.deepEqual(
        hits.map(hit => hit.passage),
        [1],
      );
    });
  });

describe('contributionsOf', () => {
  it('sums to the score, for every hit', async () => {
    await fc.assert(
      fc.asyncProperty(passages, query, rewritings, async (rows, [text, weights], terms) => {
        const segments = await segmentsOf(
          rows.map(row => recordOf(row, ['예산 보고서'])),
          2,
        );
        const prepared = rewrittenQuery(withVector(prepareQuery(text), vectorOf(weights), NAMES), terms);
        const { hits, constants } = await rank(scorer, segments, prepared.semantic, prepared.lexical, {
          channel: 'hybrid',
          k: 20,
          floor: 0,
          rewritten: prepared.rewritten,
        });
        const explanations = new Explanations();
        for (const hit of hits) {
          const shown = await hit.segment.text(hit.passage);
          const own = { ...constants, lexical: lexicalConstant(hit.segment, hit.passage, constants) };
          const rest = [{ text: shown, markup: 'markdown' }, ['예산 보고서'], prepared] as const;
          const contributions = contributionsOf(hit, ...rest, own);
          // The second time, only the constants are others; the third time, so are the weights of the terms.
          const other = { ...own, semantic: 2 * own.semantic, lexical: 3 * own.lexical };
          const lexicalMatches = hit.lexicalMatches.map(match => ({ ...match, passage: match.passage / 2 }));
          for (const [asked, used] of [
            [hit, own],
            [hit, other],
            [{ ...hit, lexicalMatches }, own],
          ] as const) {
            const named = { ...asked, name: 0 };
            const explained = explanations.of(named, ...rest, used);
            assert.deepEqual(explained, contributionsOf(named, ...rest, used));
          }
          const sum = contributions.reduce((total, { value }) => total + value, 0);
          assert.ok(Math.abs(sum - hit.score) < 1e-6);
          for (const { word, ranges, value } of contributions) {
            assert.ok(value > 0 && word < prepared.words.length);
            const { length } = shown;
            for (const { start, end } of ranges) assert.ok(start >= 0 && start < end && end <= length);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('search', () => {
  const names = ['연차', '휴가', '결재', '받다', 'leave'];
  const text = '직원은 **휴가**를 3일 전에 신청하고 결재를 받아야 한다.';
  const at = (word: string): number => new WordPlaces(text).numberAt(text.indexOf(word))!;

  async function found(queryText: string, weights: Record<number, number>): Promise<Hit> {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const vector = vectorOf(
      { 0: 1, 1: 1, 2: 1, 3: 1 },
      { 0: at('휴가'), 1: at('휴가'), 2: at('결재'), 3: at('받아야') },
    );
    await index.replace([file('규정/휴가.md', [passage(text, vector, ['취업규칙'])])]);
    const prepared = withVector(prepareQuery(queryText), vectorOf(weights, { 3: 1 }), names);
    const settings = { limit: 5, channel: 'hybrid', floor: 0, reference: 1 } as const;
    const { hits } = await search(scorer, [{ path: '/ws', index }], prepared, settings);
    return hits[0]!;
  }

  it('tells literal words from expansions of the query, of the document, and of both', async () => {
    const hit = await found('연차 받기 신청', { 0: 1, 1: 1, 3: 1 });
    const kinds = Object.fromEntries(
      hit.contributions
        .filter(({ channel }) => channel === 'semantic')
        .map(({ token, kind }) => [token, kind]),
    );
    assert.deepEqual(kinds, { 연차: 'documentExpansion', 휴가: 'queryExpansion', 받다: 'literal' });
    const lexical = hit.contributions.find(({ channel }) => channel === 'lexical')!;
    assert.deepEqual([lexical.token, lexical.kind], ['신청', 'literal']);
  });

  it('marks the words in the text, through markup, without particles', async () => {
    const hit = await found('연차 받기 신청', { 0: 1, 1: 1, 3: 1 });
    const marked = (token: string): string[] =>
      hit.contributions
        .find(contribution => contribution.token === token)!
        .ranges.map(range => text.slice(range.start, range.end));
    assert.deepEqual(marked('휴가'), ['휴가']);
    assert.deepEqual(marked('연차'), ['휴가']);
    assert.deepEqual(marked('받다'), ['받아야']);
    assert.deepEqual(marked('신청'), ['신청']);
  });

  it('marks words that stand side by side each for itself', async () => {
    const hit = await found('전에 신청', {});
    const marked = hit.contributions.map(({ token, ranges }) => [
      token,
      ranges.map(range => text.slice(range.start, range.end)),
    ]);
    assert.deepEqual(Object.fromEntries(marked), { 전에: ['전에'], 신청: ['신청'] });
  });

  it('describes the hit', async () => {
    // The file's name is the query: its bonus comes on top.
    const hit = await found('휴가', { 1: 1 });
    assert.equal(hit.file, '규정/휴가.md');
    assert.equal(hit.folder, '/ws');
    assert.deepEqual(hit.headings, ['취업규칙']);
    const sum = hit.contributions.reduce((total, { value }) => total + value, 0);
    assert.ok(Math.abs(hit.score - sum) < 1e-9);
    assert.ok(hit.score > NAME_BONUS && hit.score <= NAME_BONUS + SCALE);
    assert.deepEqual(
      hit.contributions.filter(({ kind }) => kind === 'name').map(({ token, value }) => [token, value]),
      [['휴가', NAME_BONUS]],
    );
  });

  it('finds a lone syllable at the beginning of longer words', async () => {
    const hit = await found('결', {});
    assert.deepEqual(
      hit.contributions.map(({ token, ranges }) => [
        token,
        ranges.map(range => text.slice(range.start, range.end)),
      ]),
      [['결', ['결재']]],
    );
  });

  it('finds a lone syllable whatever number of words begin with it', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const words = Array.from({ length: 700 }, (_, i) => `가${String.fromCharCode(0xac00 + 16 * i)}`);
    await index.replace(words.map((word, i) => file(`${i}.md`, [passage(word)])));
    const folders = [{ path: '/notes', index }];
    const prepared = prepareQuery('가');
    const { total } = await search(scorer, folders, prepared, { channel: 'lexical', limit: 10, floor: 0 });
    assert.equal(total, words.length);
  });
});
