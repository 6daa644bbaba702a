/** A file of an open folder, as its reader sees it. */
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
  /** As in `Hit.id`. */
  readonly id: string;
}

export type DocumentText =
  | {
      readonly text: string;
      readonly markup: Markup;
      readonly title: string | null;
      /** From `start` on, the text stands at `location`. */
      readonly places: readonly { readonly start: number; readonly location: Location }[];
      /** There is more of it than is read of one document. */
      readonly isCut: boolean;
    }
  | { readonly problem: FileReason };
