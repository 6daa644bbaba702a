/** Which document of the editor shows a file's text: the file itself, or a read-only one made of it. */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import { teamOfFolder } from '../../domain/team/team.ts';
import { isTextFile } from '../../text/fileFormats.ts';
import { fileUri } from './hitUri.ts';

/** Documents whose text is put together from what a file holds (HWP, Office, PDF). */
export const TEXT_SCHEME = 'malmoi-text';

/** The document that passages of a file are places in. */
export function documentUri(folder: string, file: string, link: string | null = null): vscode.Uri {
  if (teamOfFolder(folder) !== null) return textUri(folder, file, link);
  return isTextFile(file) ? fileUri(folder, file) : textUri(folder, file);
}

/** The name ends in `.txt`, so that the editor takes it for a text whatever the file is. */
export function textUri(folder: string, file: string, link: string | null = null): vscode.Uri {
  const query = JSON.stringify({ folder, file, ...(link === null ? {} : { link }) });
  return vscode.Uri.from({ scheme: TEXT_SCHEME, path: `/${file}.txt`, query });
}

/** Which file a document of `TEXT_SCHEME` was made of; null for any other document. */
export function sourceOf(uri: vscode.Uri): DocumentRequest | null {
  if (uri.scheme !== TEXT_SCHEME) return null;
  try {
    const source = JSON.parse(uri.query) as Partial<DocumentRequest>;
    const { folder, file } = source;
    return typeof folder === 'string' && typeof file === 'string' ? { folder, file } : null;
  } catch {
    return null;
  }
}

/** The web address of the document that a team's text was made of; null where there is none. */
export function addressOf(uri: vscode.Uri): string | null {
  if (uri.scheme !== TEXT_SCHEME) return null;
  try {
    const { link } = JSON.parse(uri.query) as { readonly link?: unknown };
    return typeof link === 'string' && /^https?:\/\//iu.test(link) ? link : null;
  } catch {
    return null;
  }
}
