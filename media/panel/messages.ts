/** Messages between the panel (webview) and the window's extension. Plain JSON, one union a direction. */
import type { Channel } from '../../src/domain/channel.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { FacetValue, SearchQuery, SearchResult } from '../../src/domain/search.ts';
import type { TextRange } from '../../src/domain/textRange.ts';
import type { Verdict } from '../../src/domain/feedback.ts';
import type { PanelText } from './text.ts';

/** Every text the panel shows, already in the user's language: `panelText(language)` of text.ts. */
export type PanelStrings = PanelText;

/** A value that hits of the result have, and the query that keeps only those. */
export interface OfferedFacet extends Omit<FacetValue, 'operator'> {
  readonly query: string;
}

export type ToPanel =
  /** Answer to `ready`. `surface` tells the narrow sidebar view from the editor tab. */
  | {
      readonly type: 'initialise';
      readonly surface: 'sidebar' | 'tab';
      readonly language: string;
      readonly strings: PanelStrings;
      readonly status: EngineStatus;
    }
  | { readonly type: 'status'; readonly status: EngineStatus }
  /**
   * Numbers of open workspace folders and of team servers, sent after `initialise` and whenever they change. Without
   * either, the panel says that there is nothing to search.
   */
  | { readonly type: 'folders'; readonly count: number; readonly teams: number }
  /** `lexical` stage first, then `final`, both under the request's number. */
  | {
      readonly type: 'results';
      readonly request: number;
      readonly result: SearchResult;
      /** The ways to narrow the result down, once it is final. */
      readonly facets?: readonly OfferedFacet[];
    }
  /** A search or engine failed; `message` is localised and says what to do. */
  | { readonly type: 'failed'; readonly request: number; readonly message: string }
  /** Another surface asked to show this query here: fill the box and search. */
  | { readonly type: 'show'; readonly query: string; readonly channel: Channel }
  /** The verdict on a hit of the request's result has been stored. */
  | { readonly type: 'judged'; readonly request: number; readonly id: string; readonly verdict: Verdict }
  /** The index changed: results on screen may be stale (the panel searches again quietly). */
  | { readonly type: 'indexChanged' }
  /** Put the keyboard into the query box. */
  | { readonly type: 'focus' }
  /** Also look for this word, without running the model. */
  | { readonly type: 'addWord'; readonly word: string };

export type FromPanel =
  | { readonly type: 'ready' }
  | {
      readonly type: 'search';
      readonly request: number;
      /** True where nobody asked: the index has changed under the results on screen. */
      readonly isRefresh: boolean;
      readonly search: SearchQuery;
    }
  | { readonly type: 'cancel'; readonly request: number }
  /** Open a hit of the request's result; `range` (in the hit's text) is where the cursor goes. */
  | {
      readonly type: 'open';
      readonly request: number;
      readonly id: string;
      readonly range: TextRange | null;
      readonly toSide: boolean;
      readonly preserveFocus: boolean;
    }
  /** The user's verdict on a hit of the request's result. */
  | { readonly type: 'judge'; readonly request: number; readonly id: string; readonly verdict: Verdict }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** Asks why a file is not among the results for the text in the box. */
  | { readonly type: 'why'; readonly query: string };

export type PanelCommand =
  | 'pause'
  | 'resume'
  | 'rebuild'
  | 'ledger'
  | 'settings'
  | 'showLog'
  | 'openTab'
  | 'chooseModel'
  /** Start the engine again after it failed. */
  | 'restart'
  /** The workbench's "open folder" dialog. */
  | 'openFolder';
