/** Where a path stands in a folder. */
import { PLATFORM, type Platform } from './platform.ts';

/**
 * The path from a folder to a place in it, with `/` between names; '' for the folder itself, and null for a place that
 * is not in it. Both are absolute. Windows' rules ignore case, take `/` for `\`, and know drives, network shares and
 * the prefix of long paths.
 */
export function pathInside(
  folder: string,
  place: string,
  platform: Pick<Platform, 'path'> = PLATFORM,
): string | null {
  const rules = platform.path;
  const inside = rules.relative(shortened(folder, platform), shortened(place, platform));
  // Between two drives there is no relative path.
  if (rules.isAbsolute(inside)) return null;
  const names = inside.split(rules.sep);
  return names[0] === '..' ? null : names.join('/');
}

/**
 * A path of Windows without the prefix that lets it be longer than 260 characters: `\\?\C:\a` is `C:\a`, and
 * `\\?\UNC\server\share` is `\\server\share`. Node adds it by itself where a path is long.
 */
export function shortened(place: string, { path }: Pick<Platform, 'path'> = PLATFORM): string {
  if (path.sep !== '\\') return place;
  return place.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\(?=[A-Za-z]:)/, '');
}
