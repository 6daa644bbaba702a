/** A passage as a document of the server: made of what the engine's own reader and encoder say. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { FileHead } from '../index/records.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { ReadPassage } from '../readers/passageRecords.ts';
import { folderKeysOf, keysOf } from '../search/ranking/exactNames.ts';
import { extensionOf } from '../text/fileFormats.ts';
import type { FeatureNames } from './features.ts';
import { featuresOf } from './features.ts';
import { FEATURES, KEPT, keep } from './keptDocument.ts';

/** Nobody reads a longer text; the excess is not shown. */
export const MOST_TEXT = 20_000;
const MOST_HEADINGS = 64;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40));
const Short = v.pipe(v.string(), v.maxLength(4_096));

const Location = v.variant('kind', [
  v.object({ kind: v.literal('line') }),
  v.object({ kind: v.literal('page'), page: Count }),
  v.object({ kind: v.literal('slide'), slide: Count }),
  v.object({ kind: v.literal('cell'), sheet: Short, cell: Short }),
  v.object({ kind: v.literal('section'), section: Count, paragraph: Count }),
  v.object({ kind: v.literal('time'), time: Short }),
]);

/** The fields of a passage that are shown. */
const StoredPassage = v.object({
  text: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
  beside: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
  headings: v.pipe(v.array(Short), v.maxLength(MOST_HEADINGS)),
  markup: v.picklist(['markdown', 'none']),
  location: Location,
  start: Count,
  end: Count,
  line: Count,
  column: Count,
  endLine: Count,
});

/** A document as the server returns it (`keptDocument.ts`). */
export const StoredDocument = v.object({
  source: v.pipe(v.string(), v.maxLength(200)),
  path: v.pipe(Short, v.check(isInside)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  fileHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/)),
  size: Count,
  modified: v.pipe(v.number(), v.finite()),
  tags: v.pipe(v.array(Short), v.maxLength(1_000)),
  number: Count,
  passage: StoredPassage,
});

export type StoredDocument = v.InferOutput<typeof StoredDocument>;

/** Names of files come from somebody else: none may lead out of its folder, or to another machine. */
export function isInside(path: string): boolean {
  return (
    path !== '' &&
    // oxlint-disable-next-line no-control-regex -- exactly these
    !/[\\\u0000-\u001f\u007f]|^\/|^[a-z]:/iu.test(path) &&
    path.split('/').every(part => part !== '' && part !== '.' && part !== '..')
  );
}

export type PushedFile = Pick<FileHead, 'path' | 'size' | 'modified' | 'hash' | 'tags'>;

/** The same passage at the same place of the same file has the same id, whoever pushes it and how often. */
export function documentId(
  source: string,
  path: string,
  passage: Pick<ReadPassage, 'hash' | 'start'>,
): string {
  return createHash('sha256')
    .update(JSON.stringify([source, path, passage.start, passage.hash]))
    .digest('base64url')
    .slice(0, 27);
}

/** A path in the form that conditions compare: names come composed or decomposed, and nobody remembers their case. */
export function spelled(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

export function documentOf(
  source: string,
  file: PushedFile,
  passage: ReadPassage,
  number: number,
  vector: SparseVector,
  features: { readonly averageLength: number; readonly names: FeatureNames },
): object {
  const { names } = features;
  const { text, beside, headings, markup, location, start, end, line, column, endLine, hash, terms } =
    passage;
  const { packed, ...indexed } = featuresOf(vector, terms, features.averageLength, names);
  const shown = {
    source,
    path: file.path,
    hash,
    fileHash: file.hash,
    size: file.size,
    modified: file.modified,
    tags: file.tags,
    number,
  };
  const own = {
    text: text.slice(0, MOST_TEXT),
    beside: beside.slice(0, MOST_TEXT),
    headings: headings.slice(0, MOST_HEADINGS).map(heading => heading.slice(0, 4_096)),
    markup,
    location,
    start,
    end,
    line,
    column,
    endLine,
  };
  return {
    ...shown,
    ...indexed,
    names: [...keysOf(file.path)].map(key => names.name(key)),
    folders: [...folderKeysOf(file.path)].map(key => names.name(key)),
    spelled: spelled(file.path),
    extension: extensionOf(file.path).replace(/^\./, ''),
    [FEATURES]: packed,
    [KEPT]: keep({ ...shown, passage: own }),
  };
}
