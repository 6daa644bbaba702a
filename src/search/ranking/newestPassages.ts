/** Answers a query that has only conditions (지난주 수정한 PDF): the passages that pass, newest file first. */
import type { Segment } from '../../index/segment/segment.ts';
import type { Place, PassageFilter } from '../filter/passageFilter.ts';

/** `total` counts unverified passages that nobody had to look at. Rejects with `DamagedError`. */
export async function newestPassages(
  wanted: PassageFilter,
  limit: number,
): Promise<{ readonly places: readonly Place[]; readonly total: number }> {
  const files: { segment: Segment; file: number; modified: number; path: string }[] = [];
  let total = 0;
  for (const segment of wanted.segments)
    for (let file = 0; file < segment.fileCount; file++) {
      const count = passagesIn(segment, file, wanted).length;
      if (count === 0) continue;
      const { modified, path } = segment.file(file);
      files.push({ segment, file, modified, path });
      total += count;
    }
  files.sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
  const places: Place[] = [];
  for (let next = 0; next < files.length && places.length < limit;) {
    const looked: Place[] = [];
    while (next < files.length && looked.length < limit) {
      const { segment, file } = files[next++]!;
      for (const passage of passagesIn(segment, file, wanted)) looked.push({ segment, passage });
    }
    total -= await wanted.settle(looked);
    places.push(...looked.filter(({ segment, passage }) => wanted.flags(segment)[passage] !== 0));
  }
  return { places: places.slice(0, limit), total };
}

function passagesIn(segment: Segment, file: number, wanted: PassageFilter): number[] {
  const { first, end } = segment.passagesOf(file);
  const flags = wanted.flags(segment);
  const found: number[] = [];
  for (let p = first; p < end; p++) if (flags[p] !== 0 && segment.live[p] === 1) found.push(p);
  return found;
}
