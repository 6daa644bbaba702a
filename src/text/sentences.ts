/** Sentence ends in Korean and English prose. */

/**
 * A sentence ends after . ! ? … (and their full-width forms) with closing quotes, before a blank; or at a
 * line break. Not after an abbreviation's or a number's dot, which no blank follows.
 */
const SENTENCE =
  /[^\s](?:[^.!?…。！？\n]|[.!?…。！？](?!["'”’)\]」』]*(?:\s|$)))*(?:[.!?…。！？]["'”’)\]」』]*)?\s*/g;

/** Spans that together cover `[start, end)`, blanks at the end of each included. */
export function sentencesOf(text: string, start: number, end: number): { start: number; end: number }[] {
  const slice = text.slice(start, end);
  const spans: { start: number; end: number }[] = [];
  let from = 0;
  for (const match of slice.matchAll(SENTENCE)) {
    const to = match.index + match[0].length;
    spans.push({ start: start + from, end: start + to });
    from = to;
  }
  if (from < slice.length) spans.push({ start: start + from, end });
  return spans;
}
