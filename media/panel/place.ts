import type { Hit } from '../../src/domain/hit.ts';
import type { TextRange } from '../../src/domain/textRange.ts';

/** The place of the cursor when a hit is opened: its weightiest word that stands there as written, or else any word. */
export function placeToOpen(hit: Hit): TextRange | null {
  const placed = hit.contributions.filter(contribution => contribution.ranges.length > 0);
  const best = placed.find(contribution => contribution.kind === 'literal') ?? placed[0];
  return best?.ranges[0] ?? null;
}
