/** Hits by file: the best file first (see `documentScore`), its passages in the order of their scores. Pure. */
import type { Hit } from '../../domain/hit.ts';
import { byDocument } from '../../search/ranking/documentScore.ts';

export interface FileGroup {
  readonly folder: string;
  readonly file: string;
  readonly hits: readonly Hit[];
}

export function groupByFile(hits: readonly Hit[]): readonly FileGroup[] {
  return byDocument(hits, hit => `${hit.folder}\n${hit.file}`).map(({ items }) => {
    const { folder, file } = items[0]!;
    return { folder, file, hits: items };
  });
}

export function inTreeOrder(hits: readonly Hit[]): readonly Hit[] {
  return groupByFile(hits).flatMap(group => group.hits);
}
