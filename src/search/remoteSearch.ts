/** Sources that are elsewhere: they answer later than the local ones, or not at all, and nobody waits for them. */
import type { DocumentPassage, DocumentText } from '../domain/document.ts';
import type { Hit } from '../domain/hit.ts';
import type { TeamAnswer } from '../domain/team/team.ts';
import type { Conditions } from './filter/passageFilter.ts';
import type { RankedHits, SearchPlan } from './passageSource.ts';
import type { Constants, Maxima } from './ranking/fusionConstants.ts';

/** The remote sources of one caller. */
export interface RemoteSources {
  /** Begins to ask all of them. `fingerprint`: of the model's indexes (`indexFingerprint`). */
  begin(plan: SearchPlan, fingerprint: string, signal: AbortSignal): RemoteSearch;
  /** The stored text of a document (`teamFolder`). Rejects with the fault of the server. */
  document(request: RemoteDocument, signal: AbortSignal): Promise<DocumentText>;
  passages(request: RemoteDocument, signal: AbortSignal): Promise<readonly DocumentPassage[]>;
  /** The names of these that some document of a source has. Sources that do not answer in time know none. */
  knownNames(names: AskedNames, signal: AbortSignal): Promise<AskedNames>;
  /** There is none of them. */
  readonly isEmpty: boolean;
}

/** Names in the conditions of a query: of paths, extensions (lower case, without the dot) and tags. */
export interface AskedNames {
  readonly paths: readonly string[];
  readonly extensions: readonly string[];
  readonly tags: readonly string[];
}

export interface RemoteDocument {
  readonly team: string;
  readonly source: string;
  readonly file: string;
}

/** Where a document stands in a search. */
export interface RemoteStanding {
  /** Whether the index has passages of it that may be seen. */
  readonly isThere: boolean;
  /** Its best passage, ignoring the plan's conditions; null where none matches. */
  readonly best: Hit | null;
  /** Number of passages of its source that score more, ignoring the conditions; about, beyond the best hits. */
  readonly above: number;
  /** For each of the given conditions, whether some passage of the document meets it. */
  readonly admits: readonly boolean[];
}

/** One search. Nothing of it rejects but with an `AbortError`; it takes as long as the slowest may. */
export interface RemoteSearch {
  /** The maxima of the sources that answered in time. */
  maxima(): Promise<readonly Maxima[]>;
  /** Hits that score less than `bar` may be left out. It never rejects. */
  rankWith(constants: Constants, bar: Promise<number>): Promise<readonly RankedHits[]>;
  /** For a plan without words (`isConditional`): the passages that meet its conditions, newest first. */
  newest(): Promise<readonly RankedHits[]>;
  /** Null where the document's source has not answered. */
  standing(
    document: RemoteDocument,
    constants: Constants,
    conditions: readonly Conditions[],
  ): Promise<RemoteStanding | null>;
  /** The answer of each source, once it is asked no more. */
  answers(): readonly TeamAnswer[];
}
