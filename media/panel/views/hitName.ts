import type { Hit } from '../../../src/domain/hit.ts';

/** The heading a passage stands under, else its file's name. */
export function nameOf(hit: Hit): string {
  const heading = hit.headings.at(-1)?.trim().slice(0, 300);
  return heading === undefined || heading === '' ? baseName(hit.file) : heading;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
