/** One line of a passage around its best places, for lists where only a line fits: the panel's own window. Pure. */
import { displayText } from '../../../media/panel/passage/displayText.ts';
import { tintsOf } from '../../../media/panel/passage/tints.ts';
import { chooseWindow } from '../../../media/panel/passage/window.ts';
import type { Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';
import { visible } from '../../text/visible.ts';

export interface Snippet {
  readonly text: string;
  /** Places of literal matches in `text`, in order and without overlap. */
  readonly highlights: readonly TextRange[];
}

const ELLIPSIS = '…';

/** `width` in half-width columns (a Korean syllable takes two). */
export function snippetOf(hit: Hit, width: number): Snippet {
  const display = displayText(hit, false);
  const inside = hit.contributions.map(contribution => ({
    ...contribution,
    ranges: contribution.ranges.filter(({ start, end }) => start < end && end <= hit.text.length),
  }));
  const tints = tintsOf(inside, display);
  const { start, end } = chooseWindow(display.text, tints, width);
  const head = start > 0 ? ELLIPSIS : '';
  const tail = end < display.text.length ? ELLIPSIS : '';
  return {
    text: head + visible(display.text.slice(start, end).replace(/\s/g, ' ')) + tail,
    highlights: joined(
      tints.filter(tint => tint.kind === 'literal' && tint.start >= start && tint.end <= end),
    ).map(range => ({
      start: range.start - start + head.length,
      end: range.end - start + head.length,
    })),
  };
}

function joined(ranges: readonly TextRange[]): readonly TextRange[] {
  const result: TextRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else result.push({ start, end });
  }
  return result;
}
