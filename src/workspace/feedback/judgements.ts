/**
 * The rows of relevance feedback: their form in the file, when two are about the same passage, and which one counts.
 */
import * as v from 'valibot';
import type { Hit } from '../../domain/hit.ts';
import type { JudgeParams } from '../../domain/feedback.ts';

/** Maximum number of judgements; the oldest are dropped first. */
const MAX_JUDGEMENTS = 20_000;
const LONGEST = { query: 2_000, file: 4_096, heading: 300, headings: 32, text: 20_000 };

const Judgement = v.object({
  query: v.string(),
  file: v.string(),
  headings: v.array(v.string()),
  text: v.string(),
  /** The file keeps the words of its first version, so that every version can read it. */
  verdict: v.pipe(
    v.picklist(['right', 'wrong']),
    v.transform((word): 'relevant' | 'notRelevant' => (word === 'right' ? 'relevant' : 'notRelevant')),
  ),
  /** Milliseconds since 1970. */
  time: v.number(),
});
const File = v.object({ version: v.literal(1), judgements: v.array(Judgement) });

export type Judgement = v.InferOutput<typeof Judgement>;
export type Judged = Pick<Judgement, 'query' | 'file' | 'headings' | 'text'>;

/** null where the text is not such a file. */
export function parseJudgements(text: string): readonly Judgement[] | null {
  try {
    return v.parse(File, JSON.parse(text)).judgements;
  } catch {
    return null;
  }
}

export function fileOfJudgements(judgements: readonly Judgement[]): string {
  const rows = judgements
    .slice(-MAX_JUDGEMENTS)
    .map(row => ({ ...row, verdict: row.verdict === 'relevant' ? 'right' : 'wrong' }));
  return `${JSON.stringify({ version: 1, judgements: rows })}\n`;
}

export function boundedOf({
  query,
  file,
  headings,
  text,
}: Readonly<Omit<JudgeParams, 'folder' | 'verdict'>>): Judged {
  return {
    query: query.trim().slice(0, LONGEST.query),
    file: file.slice(0, LONGEST.file),
    headings: headings.slice(0, LONGEST.headings).map(heading => heading.slice(0, LONGEST.heading)),
    text: text.slice(0, LONGEST.text),
  };
}

/** The same key for the same passage and the same query. */
export function keyOf({ query, file, text }: Pick<Judged, 'query' | 'file' | 'text'>): string {
  return JSON.stringify([query.normalize('NFC'), file, text]);
}

/** Merges rows in the order of their times; among rows with the same key, the latest counts. */
export function merged(one: readonly Judgement[], other: readonly Judgement[]): readonly Judgement[] {
  const rows = [...one, ...other].sort((a, b) => a.time - b.time);
  return [...new Map(rows.map(row => [keyOf(row), row])).values()].sort((a, b) => a.time - b.time);
}

/** A hit with the user's mark for the same query. */
export function marked(hit: Hit, query: string, said: ReadonlyMap<string, Judgement>): Hit {
  const { verdict } = said.get(keyOf(boundedOf({ ...hit, query }))) ?? {};
  return verdict === undefined ? hit : { ...hit, verdict };
}
