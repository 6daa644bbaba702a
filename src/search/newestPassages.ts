/** What a query of conditions alone finds (지난주 수정한 PDF): the passages let in, newest file first. */
import type { Segment } from '../index/segment.ts';

export interface Place {
  readonly segment: Segment;
  readonly passage: number;
}

export function newestPassages(
  wanted: ReadonlyMap<Segment, Uint8Array>,
  limit: number,
): { readonly places: readonly Place[]; readonly total: number } {
  const files: { segment: Segment; file: number; modified: number; path: string; count: number }[] = [];
  let total = 0;
  for (const [segment, flags] of wanted)
    for (let file = 0; file < segment.fileCount; file++) {
      const count = passagesIn(segment, file, flags).length;
      if (count === 0) continue;
      const { modified, path } = segment.file(file);
      files.push({ segment, file, modified, path, count });
      total += count;
    }
  files.sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
  const places: Place[] = [];
  for (const { segment, file } of files) {
    if (places.length >= limit) break;
    for (const passage of passagesIn(segment, file, wanted.get(segment)!)) places.push({ segment, passage });
  }
  return { places: places.slice(0, limit), total };
}

function passagesIn(segment: Segment, file: number, flags: Uint8Array): number[] {
  const { first, end } = segment.passagesOf(file);
  const found: number[] = [];
  for (let p = first; p < end; p++) if (flags[p] === 1 && segment.live[p] === 1) found.push(p);
  return found;
}
