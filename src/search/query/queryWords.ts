/** The words of a query as a person sees them: `3월 15일`, `16 GB` and `500만 원` are one word each. */
import type { QueryWord } from '../../domain/query.ts';
import type { TextRange } from '../../domain/textRange.ts';
import { expressionsOf } from '../../text/expressions/expressionsOf.ts';
import { sourceRange, type MappedText } from '../../text/normalize.ts';
import { stemOf, wordsAndSignsOf } from '../../text/words.ts';

/** Words in order; empty for a text without words. `mapped` is the text in its search form. */
export function queryWordsOf(text: string, mapped: MappedText): QueryWord[] {
  const words = wordsAndSignsOf(text);
  const expressions = expressionsOf(mapped.text).map(({ start, end }) => sourceRange(mapped, start, end));
  const found: QueryWord[] = [];
  for (let i = 0; i < words.length;) {
    const { start, end } = words[i]!;
    const whole = longestFrom(words[i]!, expressions);
    const last = whole === null ? i : lastWithin(words, whole);
    if (whole !== null && last > i) {
      // A particle after the expression (3월 15일에) belongs to the same word, but has no meaning of its own.
      found.push({ text: text.slice(start, whole.end), range: { start, end: words[last]!.end } });
      i = last + 1;
    } else {
      found.push({ text: stemOf(text.slice(start, end)), range: { start, end } });
      i++;
    }
  }
  return found;
}

function longestFrom(word: TextRange, expressions: readonly TextRange[]): TextRange | null {
  const own = expressions.filter(({ start }) => start === word.start);
  return own.reduce<TextRange | null>(
    (best, each) => (best === null || each.end > best.end ? each : best),
    null,
  );
}

/** The last word that begins inside a span. */
function lastWithin(words: readonly TextRange[], { end }: TextRange): number {
  let last = 0;
  words.forEach((word, i) => {
    if (word.start < end) last = i;
  });
  return last;
}
