/** One file on disk -> passages ready to be encoded. Runs in the reader thread. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { TermCounts } from '../index/records.ts';
import type { FileReason } from '../domain/ledger.ts';
import { namesOfPath, wordsOfName } from '../text/fileNames.ts';
import { passagesOf, type Passage, type PassageRules } from '../text/passages.ts';
import { plainTextOf } from '../text/plainText.ts';
import { termsOf } from '../text/terms.ts';
import { countTerms } from './countTerms.ts';
import { readerFor, type ReadDocument } from './readers.ts';

export interface ReadRequest {
  /** Absolute path. */
  readonly file: string;
  /** Relative to the opened folder, `/`-separated: its names are searched. */
  readonly path: string;
  /** SHA-256 of the content the index has: equal content is not read again. */
  readonly knownHash: string | null;
}

export interface ReadPassage extends Passage {
  readonly text: string;
  /** `PassageRecord.beside`. */
  readonly beside: string;
  /** What stands before the text when it is encoded; '' with a text of nothing: it is not encoded. */
  readonly context: string;
  readonly hash: string;
  readonly terms: TermCounts;
  /** Tokens of the text, for batching. */
  readonly tokens: number;
}

interface Stamp {
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
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

export const MAX_FILE_BYTES = 16 * 1024 * 1024;
export const MAX_FILE_PASSAGES = 20_000;

/** Throws only on what is not the file's fault (out of memory, a bug). */
export async function readPassages(
  request: ReadRequest,
  rules: PassageRules,
  countTokens: (text: string) => number,
): Promise<ReadAnswer> {
  const loaded = await load(request.file);
  if (!('bytes' in loaded)) return loaded;
  const { bytes, stamp } = loaded;
  if (stamp.hash === request.knownHash) return { ...stamp, result: 'unchanged' };
  return { ...stamp, ...readDocument(bytes, request.path, rules, countTokens) };
}

/** What a file's bytes are to the index; `path` as in `ReadRequest`. */
export function readDocument(
  bytes: Uint8Array,
  path: string,
  rules: PassageRules,
  countTokens: (text: string) => number,
): DocumentAnswer {
  const reader = readerFor(path);
  if (reader === null) return { result: 'skipped', reason: 'unreadable', detail: null };
  const document = reader(bytes);
  if ('problem' in document) return { result: 'skipped', reason: document.problem, detail: null };
  const measure = (text: string): number => countTokens(plainTextOf(text).text);
  const found = passagesOf(document.text, document, rules, measure);
  if (found.length > MAX_FILE_PASSAGES)
    return { result: 'skipped', reason: 'tooManyPassages', detail: String(found.length) };
  const passages = found.length > 0 ? found : [bodylessPassage(document)];
  return {
    result: 'passages',
    tags: document.tags,
    passages: readyPassages(document, passages, path, measure),
    reason: reasonOf(document, found.length),
    detail: document.replaced > 0 ? String(document.replaced) : null,
  };
}

function reasonOf({ replaced, text }: ReadDocument, passages: number): FileReason | null {
  if (replaced > 0) return 'partlyUnreadable';
  if (text.trim() === '') return 'empty';
  return passages === 0 ? 'noText' : null;
}

/** A file without a text has a name, a folder and perhaps fields: by these it is found. */
function bodylessPassage({ title }: ReadDocument): Passage {
  const headings = title === null ? [] : [title];
  return { start: 0, end: 0, line: 0, column: 0, endLine: 0, headings };
}

/** Fields with more terms than this are their first passage's alone. */
const SHORT_FIELDS = 64;

function readyPassages(
  document: ReadDocument,
  passages: readonly Passage[],
  path: string,
  measure: (text: string) => number,
): ReadPassage[] {
  const { text: source, keywords, fields: fieldsEnd } = document;
  const { name, folders } = namesOfPath(path);
  const names = [wordsOfName(name), ...keywords].join('\n');
  const foldersText = folders.map(wordsOfName).join('\n');
  const matter = source.slice(0, fieldsEnd);
  const isShort = termsOf(matter).length <= SHORT_FIELDS;
  const isEmpty = source.trim() === '';
  return passages.map((passage, i) => {
    const text = source.slice(passage.start, passage.end);
    // What lies between two passages is the second one's, what comes after all of them the last one's.
    const before = source.slice(passages[i - 1]?.end ?? 0, passage.start);
    const beside = i === passages.length - 1 ? before + source.slice(passage.end) : before;
    const context = passage.headings.join(' > ') || (plainTextOf(text).text === '' && !isEmpty ? name : '');
    const hash = createHash('sha256').update(`${context}\0${text}`).digest('hex').slice(0, 32);
    const headings = `${passage.headings.join('\n')}\n${names}`;
    const fields = i === 0 || isShort ? matter : '';
    const terms = countTerms({
      text,
      headings,
      folders: foldersText,
      fields,
      beside: i === 0 ? beside.slice(fieldsEnd) : beside,
    });
    return { ...passage, text, beside: beside.trim(), context, hash, terms, tokens: measure(text) };
  });
}

async function load(file: string): Promise<{ bytes: Uint8Array; stamp: Stamp } | ReadAnswer> {
  let size = 0;
  let modified = 0;
  try {
    const handle = await open(file, 'r');
    try {
      const found = await handle.stat();
      size = found.size;
      modified = found.mtimeMs;
      if (!found.isFile())
        return { size, modified, hash: '', result: 'skipped', reason: 'unreadable', detail: null };
      if (size > MAX_FILE_BYTES)
        return { size, modified, hash: '', result: 'skipped', reason: 'tooLarge', detail: String(size) };
      const bytes = await handle.readFile();
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { bytes, stamp: { size, modified, hash } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { result: 'vanished' };
    const reason = code === 'EACCES' || code === 'EPERM' ? 'noPermission' : 'unreadable';
    return { size, modified, hash: '', result: 'skipped', reason, detail: code ?? null };
  }
}
