import type { Channel } from '../../../src/domain/channel.ts';
import type { Numbers } from '../format.ts';
import type { PanelCommand } from '../messages.ts';
import type { PassageWindows } from '../passage/passageWindows.ts';
import type { PanelState } from '../state.ts';
import type { SteerChip } from '../steer/chips.ts';

/** The user's actions; views call nothing else. */
export interface Actions {
  readonly typed: (query: string) => void;
  readonly searchFor: (query: string) => void;
  readonly withoutRewriting: (id: string) => void;
  readonly setChannel: (channel: Channel) => void;
  readonly toggleChips: () => void;
  readonly toggleFacets: () => void;
  /** Searches with a further condition. */
  readonly narrow: (query: string) => void;
  /** Opens or closes the editor of a chip's weight. */
  readonly steerChip: (key: string | null) => void;
  readonly weigh: (chip: SteerChip, weight: number) => void;
  readonly toggleChip: (chip: SteerChip) => void;
  readonly pinChip: (chip: SteerChip) => void;
  readonly addWord: (word: string) => void;
  /** Excludes passages with the word. */
  readonly excludeWord: (word: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Unfolds a bar into its parts, or folds it. */
  readonly toggleGroup: (id: string, group: string) => void;
  /** Compares two hits side by side; null ends it. */
  readonly compare: (id: string, other: string | null) => void;
  readonly toggleWhole: (id: string) => void;
  readonly judge: (id: string, verdict: 'relevant' | 'notRelevant') => void;
  readonly sortAnew: () => void;
  readonly loadMore: () => void;
  /** Also shows passages that match too little of the query to be an answer. */
  readonly showFar: () => void;
  readonly command: (command: PanelCommand) => void;
  /** Asks why a file is not among the results. */
  readonly why: () => void;
}

/** Everything a view may read. Views are pure: state in, template out. */
export interface View {
  readonly state: PanelState;
  readonly act: Actions;
  readonly numbers: Numbers;
  readonly windows: PassageWindows;
}
