/** Puts the parts of a segment's file together from the sections of its halves. */
import { writeFileHeads } from './fileHeads.ts';
import type { LexicalWriter } from './lexicalLists.ts';
import type { PassageTableWriter } from './passages/passageTableWriter.ts';
import type { FileHead } from '../records.ts';
import { writeSections } from './sections.ts';
import type { SemanticWriter } from './semanticLists.ts';

/** Sections that are not read when a segment is opened. */
const LARGE = new Set(['PASS', 'HEAD', 'HASH', 'TEXT', 'SPST', 'LTRM', 'LPST']);

export function segmentImage(
  heads: readonly FileHead[],
  passages: PassageTableWriter,
  semantic: SemanticWriter,
  lexical: LexicalWriter,
): readonly Uint8Array[] {
  const sections = [
    ...writeFileHeads(heads),
    ...passages.sections(),
    ...semantic.sections(),
    ...lexical.sections(),
  ];
  return writeSections(sections, LARGE);
}
