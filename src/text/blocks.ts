/** The common shape of a read document: blocks of text under headings, whatever the format was. */
import type { TextRange } from '../domain/textRange.ts';

export type BlockKind = 'paragraph' | 'list' | 'table' | 'code' | 'quote';

/** A stretch of the document's text that should not be split without need. */
export interface Block extends TextRange {
  readonly kind: BlockKind;
  /** Trail of headings above the block, outermost first. */
  readonly headings: readonly string[];
}

export interface BlockedText {
  readonly blocks: readonly Block[];
  /** The title from front matter, or the first level-one heading; null where the document has neither. */
  readonly title: string | null;
  /** Tags in the form of `normalizeTag`, each once. */
  readonly tags: readonly string[];
  /** Tags, aliases and the like: they are searched like headings and shown nowhere. */
  readonly keywords: readonly string[];
  /** End of the leading fields (front matter), which belong to the whole document; 0 where there are none. */
  readonly fields: number;
}
