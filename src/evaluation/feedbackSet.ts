/**
 * Relevance feedback as a retrieval set in BEIR's layout: a document is a passage of the folder, and a query
 * is one for which some passage was marked relevant (grade 1); passages marked not relevant have grade 0.
 */

export interface SetPassage {
  /** Relative to the folder. */
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
}

export interface SaidOfPassage extends SetPassage {
  readonly query: string;
  readonly verdict: 'relevant' | 'notRelevant';
}

/** Contents of corpus.jsonl, queries.jsonl and qrels/test.tsv. */
export interface FeedbackSet {
  readonly corpus: string;
  readonly queries: string;
  readonly qrels: string;
  readonly counts: { readonly documents: number; readonly queries: number; readonly judgements: number };
}

/** Ids are numbers, because names of files may hold tabs and line breaks. */
export function feedbackSet(passages: readonly SetPassage[], said: readonly SaidOfPassage[]): FeedbackSet {
  const documents = [...passages];
  const numbers = new Map<string, number>();
  documents.forEach((passage, i) => {
    // A passage is looked for in the same file first; that of a moved file is found by its text and headings.
    for (const key of keysOf(passage)) if (!numbers.has(key)) numbers.set(key, i);
  });
  const grades = new Map<string, Map<number, number>>();
  const answered = new Set(said.flatMap(({ query, verdict }) => (verdict === 'relevant' ? [query] : [])));
  for (const { query, verdict, ...passage } of said) {
    if (!answered.has(query)) continue;
    let number = keysOf(passage).flatMap(key => numbers.get(key) ?? [])[0];
    if (number === undefined) {
      // The passage has changed since it was marked: it competes as it was.
      number = documents.push(passage) - 1;
      for (const key of keysOf(passage)) numbers.set(key, number);
    }
    const own = grades.get(query) ?? new Map<number, number>();
    grades.set(query, own.set(number, verdict === 'relevant' ? 1 : 0));
  }
  const rows = [...grades.values()].flatMap((own, q) =>
    [...own].map(([number, grade]) => `q${q + 1}\tp${number + 1}\t${grade}`),
  );
  return {
    corpus: jsonLines(
      documents.map(({ file, headings, text }, i) => ({
        _id: `p${i + 1}`,
        title: headings.join(' > '),
        text,
        metadata: { file },
      })),
    ),
    queries: jsonLines([...grades.keys()].map((text, q) => ({ _id: `q${q + 1}`, text }))),
    qrels: ['query-id\tcorpus-id\tscore', ...rows, ''].join('\n'),
    counts: { documents: documents.length, queries: grades.size, judgements: rows.length },
  };
}

function keysOf({ file, headings, text }: SetPassage): readonly string[] {
  return [JSON.stringify([file, text]), JSON.stringify([headings, text])];
}

function jsonLines(rows: readonly object[]): string {
  return rows.map(row => `${JSON.stringify(row)}\n`).join('');
}
