/** Where a path stands in a folder. */
import path from 'node:path';

/**
 * The path from a folder to a place in it, with `/` between names; '' for the folder itself, and null for a place that
 * is not in it. Both are absolute. Windows' rules ignore case and know drives and network shares.
 */
export function pathInside(
  folder: string,
  place: string,
  rules: Pick<path.PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = path,
): string | null {
  const inside = rules.relative(folder, place);
  // Between two drives there is no relative path.
  if (rules.isAbsolute(inside)) return null;
  const names = inside.split(rules.sep);
  return names[0] === '..' ? null : names.join('/');
}
