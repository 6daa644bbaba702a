/** One file on disk -> its text, for a person or an agent to read. Runs in the reader thread. */
import type { DocumentText } from '../domain/document.ts';
import { loadFile } from './loadFile.ts';
import { bytesReadOf } from '../text/fileFormats.ts';
import { readOptionsOf } from './readPassages.ts';
import { readerFor } from './readers.ts';

export interface TextRequest {
  readonly want: 'text';
  /** Absolute path. */
  readonly file: string;
  /** Relative to the opened folder: says which reader. */
  readonly path: string;
  /** As in `ReadRequest`. */
  readonly encoding?: string;
  readonly preferred?: string;
}

/** Throws only on what is not the file's fault. */
export async function readText({ file, path, ...encodings }: TextRequest): Promise<DocumentText> {
  const loaded = await loadFile(file, bytesReadOf(path));
  if (loaded === null) return { problem: 'vanished' };
  if ('problem' in loaded) return { problem: loaded.problem };
  const reader = await readerFor(path);
  if (reader === null) return { problem: 'unreadable' };
  const document = await reader(loaded.bytes, readOptionsOf(encodings));
  if ('problem' in document) return { problem: document.problem };
  const { text, markup, title, places, isCut } = document;
  return { text, markup, title, places, isCut };
}
