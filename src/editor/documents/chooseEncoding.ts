/** "파일의 인코딩 고르기": what a text file is read in, where the guess was wrong. */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import { isTextFile } from '../../text/fileFormats.ts';
import { LocalisedError } from '../errors.ts';
import { oneLine } from '../results/hitText.ts';
import { fileUri } from './hitUri.ts';

/** Names that both the editor and the reader know. */
const ENCODINGS: readonly (readonly [name: string, label: string])[] = [
  ['utf8', 'UTF-8'],
  ['euckr', 'CP949 (EUC-KR)'],
  ['johab', 'Johab (조합형)'],
  ['iso2022kr', 'ISO-2022-KR'],
  ['utf16le', 'UTF-16 LE'],
  ['utf16be', 'UTF-16 BE'],
  ['utf32le', 'UTF-32 LE'],
  ['shiftjis', 'Shift JIS'],
  ['gb18030', 'GB 18030'],
  ['windows1252', 'Windows 1252'],
];

/** Writes the setting of the file's folder; the engine reads the file again by it. */
export async function chooseEncoding(source: DocumentRequest | undefined): Promise<void> {
  if (source === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  if (!isTextFile(source.file))
    throw new LocalisedError(vscode.l10n.t('Only text files have an encoding to choose.'));
  const found = { label: vscode.l10n.t('Detect automatically'), name: null };
  const items = [found, ...ENCODINGS.map(([name, label]) => ({ label, name }))];
  const title = vscode.l10n.t('Encoding of {0}', oneLine(source.file));
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (chosen === undefined) return;
  const uri = fileUri(source.folder, source.file);
  const configuration = vscode.workspace.getConfiguration('malmoi', uri);
  const { [source.file]: _, ...others } = configuration.get<Record<string, string>>('encodings') ?? {};
  const value = chosen.name === null ? others : { ...others, [source.file]: chosen.name };
  await configuration.update('encodings', value, vscode.ConfigurationTarget.WorkspaceFolder);
}
