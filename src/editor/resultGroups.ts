/** Hits by file: the file with the best hit first, its passages in the order of their scores. Pure. */
import type { Hit } from '../protocol.ts';

export interface FileGroup {
  readonly folder: string;
  readonly file: string;
  readonly hits: readonly Hit[];
}

export function groupByFile(hits: readonly Hit[]): readonly FileGroup[] {
  const groups = new Map<string, { folder: string; file: string; hits: Hit[] }>();
  for (const hit of hits) {
    const key = `${hit.folder}\n${hit.file}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { folder: hit.folder, file: hit.file, hits: [hit] });
    else group.hits.push(hit);
  }
  return [...groups.values()];
}

export function inTreeOrder(hits: readonly Hit[]): readonly Hit[] {
  return groupByFile(hits).flatMap(group => group.hits);
}
