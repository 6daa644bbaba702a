import type { Channel } from '../../../src/domain/channel.ts';
import type { Numbers } from '../format.ts';
import type { PanelCommand } from '../messages.ts';
import type { PassageWindows } from '../passage/passageWindows.ts';
import type { PanelState } from '../state.ts';

/** What the user can do; views call nothing else. */
export interface Actions {
  readonly typed: (query: string) => void;
  readonly searchFor: (query: string) => void;
  readonly withoutRewriting: (id: string) => void;
  readonly setChannel: (channel: Channel) => void;
  readonly toggleChips: () => void;
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
