/** The common shape of a read document: blocks of text under headings, whatever the format was. */
import type { TextRange } from '../domain/textRange.ts';

export type BlockKind = 'paragraph' | 'list' | 'table' | 'code' | 'quote';

/** A stretch of the document's text that should not be torn without need. */
export interface Block extends TextRange {
  readonly kind: BlockKind;
  /** Heading trail above it, outermost first. */
  readonly headings: readonly string[];
}

export interface BlockedText {
  readonly blocks: readonly Block[];
  /** From front matter, or the first level-one heading; null if the document has none. */
  readonly title: string | null;
  /** In the form of `normalizeTag`, each once. */
  readonly tags: readonly string[];
  /** Tags, aliases and the like: searched like headings, shown nowhere. */
  readonly keywords: readonly string[];
  /** Where the fields end that stand before all else (front matter): they are of the whole document. 0: there are none. */
  readonly fields: number;
}
