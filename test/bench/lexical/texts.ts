/** Passages cut out of real documents, and an index of them as the engine has it on disk. */
import { MARKDOWN } from '../../fakes/records.ts';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { FileRecord, PassageRecord } from '../../../src/index/records.ts';
import { countTerms } from '../../../src/readers/countTerms.ts';
import { plainTextOfMarkdown } from '../../../src/text/plainText.ts';
import { FileStore } from '../../../src/workspace/files/fileStore.ts';

/** About what 96 to 192 tokens are. */
const PASSAGE_LENGTH = 350;
const BATCH = 2_048;
const NO_VECTOR = {
  dimensions: new Uint32Array(),
  weights: new Float32Array(),
  places: new Uint16Array(),
};

interface Document {
  readonly title: string;
  readonly passages: readonly string[];
}

/** `file`: rows with `text` and perhaps `title` (corpus.jsonl[.gz] of a BEIR set). */
export function documentsIn(file: string): Document[] {
  const bytes = fs.readFileSync(file);
  const rows = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return rows
    .filter(row => row.trim() !== '')
    .map(row => {
      const { text, title } = JSON.parse(row) as { readonly text: string; readonly title?: string | null };
      return { title: (title ?? '').trim().replace(/\s+/g, ' '), passages: cut(text) };
    });
}

/** At line breaks, where they are near enough. */
function cut(text: string): string[] {
  const passages: string[] = [];
  let rest = text.trim();
  while (rest.length > PASSAGE_LENGTH) {
    const at = rest.lastIndexOf('\n', PASSAGE_LENGTH);
    const end = at > PASSAGE_LENGTH / 2 ? at : PASSAGE_LENGTH;
    passages.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...passages, rest].filter(passage => passage !== '');
}

/** Opens the index of so many passages, filled first where it is not there. Too few documents begin anew. */
export async function openTexts(
  folder: string,
  documents: readonly Document[],
  size: number,
): Promise<PassageIndex> {
  const index = await PassageIndex.open(await FileStore.open(path.join(folder, `texts-${size}`)), 'bench');
  if (index.passageCount >= size) return index;
  let records: FileRecord[] = [];
  let count = 0;
  let waiting = 0;
  for (let i = 0; count < size; i++) {
    const { title, passages } = documents[i % documents.length]!;
    const headings = title === '' ? [] : [title];
    const own = passages.slice(0, size - count).map(text => recordOf(text, headings));
    const stamp = { path: `${i}.md`, size: 1, modified: i, hash: String(i) };
    records.push({ ...stamp, state: 'indexed', reason: null, detail: null, tags: [], passages: own });
    count += own.length;
    waiting += own.length;
    if (waiting < BATCH && count < size) continue;
    await index.replace(records);
    [records, waiting] = [[], 0];
  }
  await index.flush();
  return index;
}

function recordOf(text: string, headings: readonly string[]): PassageRecord {
  const hash = createHash('sha256')
    .update(`${headings.join('>')}\0${text}`)
    .digest('hex')
    .slice(0, 32);
  const place = { start: 0, end: text.length, line: 0, column: 0, endLine: 0 };
  const terms = countTerms({ text, plain: plainTextOfMarkdown(text).text, headings: headings.join('\n') });
  return { ...place, ...MARKDOWN, headings, text, beside: '', hash, vector: NO_VECTOR, terms };
}
