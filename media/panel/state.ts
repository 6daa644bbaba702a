import type { Channel } from '../../src/domain/channel.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { Hit } from '../../src/domain/hit.ts';
import type { SearchResult } from '../../src/domain/search.ts';
import type { Verdict } from '../../src/domain/feedback.ts';
import { groupContributions } from './explain/groups.ts';
import { wordLabels } from './explain/labels.ts';
import { scoreDecimals } from './explain/roundToSum.ts';
import type { ShownOrder } from './order.ts';
import type { OfferedFacet } from './messages.ts';
import { steerChips, type SteerChip } from './steer/chips.ts';
import type { PanelText } from './text.ts';

/** How much of a hit is unfolded: the snippet, its explanation too, or the whole passage. */
export type Level = 'snippet' | 'explained' | 'whole';

/** A concept under the pointer or the keyboard: its bar and its words are shown together. */
export interface Lit {
  readonly id: string;
  readonly group: string;
}

/** Two hits side by side. */
export interface Comparison {
  /** The hit under which the comparison stands, and the other one. */
  readonly id: string;
  readonly other: string;
}

/** Words being pointed out. `turn` alternates so that a second click starts the animation anew. */
export interface Flash {
  readonly id: string;
  readonly group: string;
  readonly turn: 0 | 1;
}

/** A result on screen. */
export interface Shown {
  readonly request: number;
  readonly query: string;
  readonly channel: Channel;
  readonly result: SearchResult;
  readonly order: ShownOrder;
  /** Place of each hit in the newest result, from 1. */
  readonly ranks: ReadonlyMap<string, number>;
  /** The request that brought each hit, under which the host can open it. */
  readonly origins: ReadonlyMap<string, number>;
  /** Reference values for bars: the best score, and the longest bar of any hit. */
  readonly best: number;
  readonly longestBar: number;
  readonly decimals: number;
  /** Short name of each query word. */
  readonly labels: readonly string[];
  /** Ids of shown hits that match too little of the query. */
  readonly further: ReadonlySet<string>;
  /** The parts of the query that may be steered. */
  readonly chips: readonly SteerChip[];
  /** True if hits come from more than one folder, so that its name matters. */
  readonly severalFolders: boolean;
}

export interface PanelState {
  readonly surface: 'sidebar' | 'tab';
  readonly language: string;
  readonly text: PanelText;
  readonly status: EngineStatus;
  /** Open workspace folders; null until the host says. */
  readonly folders: number | null;
  /** Team servers. */
  readonly teams: number;
  readonly query: string;
  readonly channel: Channel;
  readonly limit: number;
  /** Whether passages that match too little of the query are shown as well. */
  readonly far: boolean;
  readonly recent: readonly string[];
  readonly searching: boolean;
  readonly shown: Shown | null;
  /** Why the last search failed, in the user's words. */
  readonly failure: string | null;
  readonly selected: string | null;
  /** Levels that the user set, which override the surface's rule. */
  readonly levels: ReadonlyMap<string, Level>;
  /** The user's verdicts on hits of this query since it was sent. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly flash: Flash | null;
  readonly lit: Lit | null;
  /** Bars that are unfolded into their contributions: `id`, line break, key of the group. */
  readonly openGroups: ReadonlySet<string>;
  readonly comparison: Comparison | null;
  readonly chipsOpen: boolean;
  /** The ways to narrow the last final result down. */
  readonly facets: readonly OfferedFacet[];
  readonly facetsOpen: boolean;
  /** Key of the chip whose weight is being changed. */
  readonly steered: string | null;
  /** A word of a passage that was selected. */
  readonly picked: string | null;
  /** The query was changed by other means than typing, so there is something to undo. */
  readonly isSteered: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Half-width columns that fit into a line of a passage. */
  readonly columns: number;
}

export function verdictOf({ verdicts }: PanelState, hit: Hit): Verdict {
  return (verdicts.has(hit.id) ? verdicts.get(hit.id) : hit.verdict) ?? null;
}

/** A tab has room to explain every hit; the sidebar explains the selected one. */
export function levelOf(state: PanelState, id: string): Level {
  return state.levels.get(id) ?? (state.surface === 'tab' || state.selected === id ? 'explained' : 'snippet');
}

/** Whether a hit shows its reasons and actions; in the tab, where all hits show reasons, only the selected one does. */
export function isUnfolded(state: PanelState, id: string): boolean {
  const isSelected = state.selected === id;
  return levelOf(state, id) !== 'snippet' && (isSelected || state.surface === 'sidebar');
}

/** With fewer hits than this there is room for more distant ones. */
const FEW_HITS = 5;
/** Number of more distant hits shown at first. */
const FIRST_FURTHER = 5;

/**
 * The hits of a result that are to be shown, best first. If there are few, some more distant ones follow, each folded
 * to a line; if there is none, the person is asked.
 */
export function visibleHits({ stage, hits, further }: SearchResult, far: boolean): readonly Hit[] {
  if (far) return [...hits, ...further];
  const isRoom = stage === 'final' && hits.length > 0 && hits.length < FEW_HITS;
  return isRoom ? [...hits, ...further.slice(0, FIRST_FURTHER)] : hits;
}

export function showResult(
  request: number,
  query: string,
  channel: Channel,
  result: SearchResult,
  order: ShownOrder,
  earlier: Shown | null,
): Shown {
  const origins = new Map<string, number>();
  for (const hit of order.hits) {
    origins.set(hit.id, order.faded.has(hit.id) ? (earlier?.origins.get(hit.id) ?? request) : request);
  }
  const best = Math.max(0, ...order.hits.map(hit => hit.score));
  const labels = wordLabels(result.words, result.terms);
  return {
    request,
    query,
    channel,
    result,
    order,
    ranks: new Map([...result.hits, ...result.further].map((hit, index) => [hit.id, index + 1])),
    origins,
    best,
    longestBar: Math.max(0, ...order.hits.map(hit => groupContributions(hit)[0]?.value ?? 0)),
    decimals: scoreDecimals(best),
    labels,
    further: new Set(result.further.map(({ id }) => id)),
    chips: steerChips(result, labels),
    severalFolders: new Set(order.hits.map(hit => hit.folder)).size > 1,
  };
}

/** Whether there is nothing to search on this machine, but on a team's. */
export function isTeamOnly({ folders, teams }: Pick<PanelState, 'folders' | 'teams'>): boolean {
  return folders === 0 && teams > 0;
}

/** Whether there is nothing to search at all. */
export function hasNothing({ folders, teams }: Pick<PanelState, 'folders' | 'teams'>): boolean {
  return folders === 0 && teams === 0;
}
