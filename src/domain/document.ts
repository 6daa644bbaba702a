/** A file of an open folder, as its reader sees it: its text, and its passages in the index. */
import type { Location, Markup } from './location.ts';
import type { FileReason } from './ledger.ts';
import type { PassagePlace, PassageText } from './passage.ts';

export interface DocumentRequest {
  /** Absolute path of an open folder. */
  readonly folder: string;
  /** Relative to it, `/`-separated. */
  readonly file: string;
}

/** A passage of the index. */
export interface DocumentPassage extends PassagePlace, PassageText {
  /** The same id as `Hit.id`. */
  readonly id: string;
}

export type DocumentText =
  | {
      readonly text: string;
      readonly markup: Markup;
      readonly title: string | null;
      /** The text from offset `start` on stands at `location`. */
      readonly places: readonly { readonly start: number; readonly location: Location }[];
      /** True where the document has more text than is read of one file. */
      readonly isCut: boolean;
    }
  | { readonly problem: FileReason };
