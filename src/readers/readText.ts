/** Reads the text of a file on disk for a person or an agent. Runs in the reader thread. */
import type { DocumentText } from '../domain/document.ts';
import { loadFile } from './loadFile.ts';
import { bytesReadOf } from '../text/fileFormats.ts';
import { readOptionsOf } from './readPassages.ts';
import { readerFor } from './readers.ts';

export interface TextRequest {
  readonly want: 'text';
  /** Absolute path. */
  readonly file: string;
  /** Relative to the opened folder; its extension selects the reader. */
  readonly path: string;
  /** Same as in `ReadRequest`. */
  readonly encoding?: string;
  readonly preferred?: string;
}

/** Throws only for reasons that are not in the file. */
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
