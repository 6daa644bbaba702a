/** Finds the ends of sentences in Korean and English prose. */

/**
 * A sentence ends after . ! ? … (and their full-width forms) with closing quotes, before a blank, or at a
 * line break. The dot of an abbreviation or a number does not end one, because no blank follows it.
 */
const SENTENCE =
  /[^\s](?:[^.!?…。！？\n]|[.!?…。！？](?!["'”’)\]」』]*(?:\s|$)))*(?:[.!?…。！？]["'”’)\]」』]*)?\s*/g;

/** Spans that together cover `[start, end)`; each includes the blanks at its end. */
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
