import type { Hit, LocatedHit, TextRange } from '../../src/protocol.ts';
import { rangesOf } from './passage/tints.ts';

/** Where the cursor goes when a hit is opened: its weightiest word that stands there as written, else any. */
export function placeToOpen(hit: Hit, located: LocatedHit['ranges'] | null): TextRange | null {
  const placed = hit.contributions.filter(contribution => rangesOf(contribution, located).length > 0);
  const best = placed.find(contribution => contribution.kind === 'literal') ?? placed[0];
  return best === undefined ? null : rangesOf(best, located)[0]!;
}
