/** Where a passage stands, in the terms of the program that its document was made with. Pure. */
import type { Hit } from '../../domain/hit.ts';
import type { Location } from '../../domain/location.ts';
import type { Translate } from '../translate.ts';
import { oneLine } from './hitText.ts';

/** `page 3`, `slide 2`, `sheet 매출, B12`, `0:12:34`; null for a line of a text file. */
export function locationText(location: Location, t: Translate): string | null {
  switch (location.kind) {
    case 'page':
      return t('page {0}', location.page);
    case 'slide':
      return t('slide {0}', location.slide);
    case 'cell':
      return t('sheet {0}, {1}', oneLine(location.sheet), location.cell);
    case 'section':
      return t('section {0}, paragraph {1}', location.section, location.paragraph);
    case 'time':
      return location.time;
    case 'line':
      break;
  }
  return null;
}

/**
 * `folder/file.md:12`, `folder/report.pdf · page 3` (the file alone where it is not read yet), with the workspace
 * folder's name in front where there are several.
 */
export function placeOf(hit: Hit, folderName: string | null, t: Translate): string {
  const path = oneLine(folderName === null ? hit.file : `${folderName}/${hit.file}`);
  if (hit.waiting === true) return path;
  const location = locationText(hit.location, t);
  return location === null ? `${path}:${hit.line + 1}` : `${path} · ${location}`;
}
