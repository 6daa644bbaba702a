/** One file on disk -> passages ready to be encoded. Runs in the reader thread. */
import type { FileReason } from '../domain/ledger.ts';
import { marksOf, namesOfPath } from '../text/fileNames.ts';
import type { PassageRules } from '../text/passages.ts';
import { loadFile, type Stamp } from './loadFile.ts';
import { passageRecords, type ReadPassage } from './passageRecords.ts';
import { bytesReadOf } from '../text/fileFormats.ts';
import { knownEncoding } from './encodings/knownEncoding.ts';
import { readerFor, type ReadDocument, type ReadOptions } from './readers.ts';

export interface ReadRequest {
  /** Absolute path. */
  readonly file: string;
  /** Relative to the opened folder, `/`-separated: its names are searched. */
  readonly path: string;
  /** SHA-256 of the content the index has: equal content is not read again. */
  readonly knownHash: string | null;
  /** Names of encodings: what the user says this file has; what files that are no UTF-8 have here. */
  readonly encoding?: string;
  readonly preferred?: string;
}

type DocumentAnswer =
  | {
      readonly result: 'passages';
      readonly tags: readonly string[];
      readonly passages: readonly ReadPassage[];
      /** What is worth saying of a file that is indexed. */
      readonly reason: FileReason | null;
      readonly detail: string | null;
    }
  | { readonly result: 'skipped'; readonly reason: FileReason; readonly detail: string | null };

export type ReadAnswer =
  (Stamp & DocumentAnswer) | (Stamp & { readonly result: 'unchanged' }) | { readonly result: 'vanished' };

export const MAX_FILE_PASSAGES = 20_000;

/** Throws only on what is not the file's fault (out of memory, a bug). */
export async function readPassages(
  request: ReadRequest,
  rules: PassageRules,
  countTokens: (text: string) => number,
): Promise<ReadAnswer> {
  const loaded = await loadFile(request.file, bytesReadOf(request.path));
  if (loaded === null) return { result: 'vanished' };
  if ('problem' in loaded)
    return { ...loaded.stamp, result: 'skipped', reason: loaded.problem, detail: loaded.detail };
  const { bytes, stamp } = loaded;
  if (stamp.hash === request.knownHash) return { ...stamp, result: 'unchanged' };
  return {
    ...stamp,
    ...(await readDocument(bytes, request.path, rules, countTokens, readOptionsOf(request))),
  };
}

/** Names that nobody knows say nothing. */
export function readOptionsOf(request: Pick<ReadRequest, 'encoding' | 'preferred'>): ReadOptions {
  const encoding = request.encoding === undefined ? null : knownEncoding(request.encoding);
  const preferred = request.preferred === undefined ? null : knownEncoding(request.preferred);
  return {
    ...(encoding === null ? {} : { encoding }),
    ...(preferred === null ? {} : { preferred }),
  };
}

/** What a file's bytes are to the index; `path` as in `ReadRequest`. */
export async function readDocument(
  bytes: Uint8Array,
  path: string,
  rules: PassageRules,
  countTokens: (text: string) => number,
  options: ReadOptions = {},
): Promise<DocumentAnswer> {
  const reader = await readerFor(path);
  if (reader === null) return { result: 'skipped', reason: 'unreadable', detail: null };
  const document = await reader(bytes, options);
  if ('problem' in document)
    return { result: 'skipped', reason: document.problem, detail: document.detail ?? null };
  const names = { ...namesOfPath(path), marks: marksOf(path) };
  const passages = passageRecords(document, names, rules, countTokens);
  if (passages.length > MAX_FILE_PASSAGES)
    return { result: 'skipped', reason: 'tooManyPassages', detail: String(passages.length) };
  return { result: 'passages', tags: document.tags, passages, ...remarkOn(document) };
}

function remarkOn(document: ReadDocument): Pick<DocumentAnswer, 'reason' | 'detail'> {
  const { replaced, text, isCut, remark, blocks, encoding } = document;
  if (remark !== undefined) return remark;
  if (isCut) return { reason: 'cut', detail: null };
  if (replaced > 0) return { reason: 'partlyUnreadable', detail: String(replaced) };
  if (text.trim() === '') return { reason: 'empty', detail: null };
  if (blocks.length === 0) return { reason: 'noText', detail: null };
  return { reason: null, detail: encoding === undefined || encoding === 'utf-8' ? null : encoding };
}
