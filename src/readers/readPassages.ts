/** One file on disk -> passages ready to be encoded. Runs in the reader thread. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { TermCounts } from '../index/records.ts';
import type { FileReason } from '../protocol.ts';
import { termPairsOf } from '../text/forms/bilingualTerms.ts';
import { vocabularyWordCountsOf } from '../text/forms/vocabulary.ts';
import { pairKey, wordKey } from '../text/forms/vocabularyKeys.ts';
import { passagesOf, type Passage, type PassageRules } from '../text/passages.ts';
import { plainTextOf } from '../text/plainText.ts';
import { termsOf } from '../text/terms.ts';
import { readerFor } from './readers.ts';

export interface ReadRequest {
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 of the content the index has: equal content is not read again. */
  readonly knownHash: string | null;
}

export interface ReadPassage extends Passage {
  readonly text: string;
  /** What stands before the text when it is encoded. */
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

export type ReadAnswer =
  | (Stamp & { readonly result: 'unchanged' })
  | (Stamp & {
      readonly result: 'passages';
      readonly tags: readonly string[];
      readonly passages: readonly ReadPassage[];
    })
  | (Stamp & { readonly result: 'skipped'; readonly reason: FileReason; readonly detail: string | null })
  | { readonly result: 'vanished' };

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
  const skipped = (reason: FileReason, detail: string | null = null): ReadAnswer => ({
    ...stamp,
    result: 'skipped',
    reason,
    detail,
  });
  if (stamp.hash === request.knownHash) return { ...stamp, result: 'unchanged' };
  if (bytes.length === 0) return skipped('empty');
  const reader = readerFor(request.file);
  if (reader === null) return skipped('unreadable');
  const document = reader(bytes);
  if ('problem' in document) return skipped(document.problem);
  const measure = (text: string): number => countTokens(plainTextOf(text).text);
  const passages = passagesOf(document.text, document, rules, measure);
  if (passages.length === 0) return skipped('noText');
  if (passages.length > MAX_FILE_PASSAGES) return skipped('tooManyPassages', String(passages.length));
  const name = path.basename(request.file, path.extname(request.file));
  const extra = [name, ...document.keywords].join('\n');
  return {
    ...stamp,
    result: 'passages',
    tags: document.tags,
    passages: passages.map(passage => {
      const text = document.text.slice(passage.start, passage.end);
      const context = passage.headings.join(' > ');
      const hash = createHash('sha256').update(`${context}\0${text}`).digest('hex').slice(0, 32);
      const terms = countTerms(text, `${passage.headings.join('\n')}\n${extra}`);
      return { ...passage, text, context, hash, terms, tokens: measure(text) };
    }),
  };
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

/**
 * Lexical features of a passage: its own terms, and those of its headings, title, file name and tags. Beside the terms
 * that BM25 counts, which alone make its lengths, the words and term pairs of the vocabulary (`vocabularyKeys.ts`).
 */
export function countTerms(text: string, headings: string): TermCounts {
  const counts = new Map<string, { body: number; heading: number }>();
  const count = (key: string, field: 'body' | 'heading', times: number): void => {
    const known = counts.get(key) ?? { body: 0, heading: 0 };
    known[field] += times;
    counts.set(key, known);
  };
  const add = (source: string, field: 'body' | 'heading'): number => {
    const terms = termsOf(source);
    for (const { text: term } of terms) count(term, field, 1);
    for (const [word, times] of vocabularyWordCountsOf(source)) count(wordKey(word), field, times);
    return terms.length;
  };
  const bodyLength = add(plainTextOf(text).text, 'body');
  const headingLength = add(headings, 'heading');
  for (const pair of termPairsOf(text)) count(pairKey(pair), 'body', 1);
  return {
    terms: [...counts.keys()],
    body: Uint8Array.from(counts.values(), ({ body }) => Math.min(15, body)),
    heading: Uint8Array.from(counts.values(), ({ heading }) => Math.min(15, heading)),
    bodyLength,
    headingLength,
  };
}
