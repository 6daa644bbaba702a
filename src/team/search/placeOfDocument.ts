/** Where a document of a team is for the person who reads: on this machine, at an address, or in the index alone. */
import type { HitOrigin, TeamServer } from '../../domain/team/team.ts';
import { teamFolder } from '../../domain/team/team.ts';
import type { StoredDocument } from '../documents.ts';

export interface DocumentPlace {
  /** `Hit.folder`: an absolute path where the source lies on this machine. */
  readonly folder: string;
  readonly origin: HitOrigin;
}

export function placeOfDocument(
  { name, folders = {}, link }: TeamServer,
  { source, path }: Pick<StoredDocument, 'source' | 'path'>,
): DocumentPlace {
  const local = Object.hasOwn(folders, source) ? folders[source]! : null;
  const address = link === undefined ? null : linkOf(link, source, path);
  return { folder: local ?? teamFolder(name, source), origin: { team: name, source, link: address } };
}

/** Only what the template itself says leads anywhere: names are parts of its path. null where it is no web address. */
function linkOf(template: string, source: string, path: string): string | null {
  const parts = path.split('/').map(encodeURIComponent).join('/');
  const address = template.replaceAll('{source}', encodeURIComponent(source)).replaceAll('{path}', parts);
  return /^https?:\/\//iu.test(template) ? address : null;
}
