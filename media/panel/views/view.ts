import type { Channel } from '../../../src/domain/channel.ts';
import type { Numbers } from '../format.ts';
import type { PanelCommand } from '../messages.ts';
import type { PassageWindows } from '../passage/passageWindows.ts';
import type { PanelState } from '../state.ts';
import type { SteerChip } from '../steer/chips.ts';

/** What the user can do; views call nothing else. */
export interface Actions {
  readonly typed: (query: string) => void;
  readonly searchFor: (query: string) => void;
  readonly withoutRewriting: (id: string) => void;
  readonly setChannel: (channel: Channel) => void;
  readonly toggleChips: () => void;
  /** Opens or closes a chip's weight. */
  readonly steerChip: (key: string | null) => void;
  readonly weigh: (chip: SteerChip, weight: number) => void;
  readonly toggleChip: (chip: SteerChip) => void;
  readonly pinChip: (chip: SteerChip) => void;
  readonly addWord: (word: string) => void;
  /** Leaves out what has the word. */
  readonly excludeWord: (word: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Unfolds a bar into what it is made of, or folds it. */
  readonly toggleGroup: (id: string, group: string) => void;
  /** Puts two hits side by side; null ends it. */
  readonly compare: (id: string, other: string | null) => void;
  readonly toggleWhole: (id: string) => void;
  readonly judge: (id: string, verdict: 'relevant' | 'notRelevant') => void;
  readonly sortAnew: () => void;
  readonly loadMore: () => void;
  /** Also shows what has too little of the query to be an answer. */
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
