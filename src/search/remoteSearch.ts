/** Sources that are elsewhere: they answer later than the local ones, or not at all, and nobody waits for them. */
import type { DocumentPassage, DocumentText } from '../domain/document.ts';
import type { TeamAnswer } from '../domain/team/team.ts';
import type { RankedHits, SearchPlan } from './passageSource.ts';
import type { Constants, Maxima } from './ranking/fusionConstants.ts';

/** Of one caller. */
export interface RemoteSources {
  /** Begins to ask all of them. `fingerprint`: of the model's indexes (`indexFingerprint`). */
  begin(plan: SearchPlan, fingerprint: string, signal: AbortSignal): RemoteSearch;
  /** What is kept of a document (`teamFolder`). Rejects with what is wrong with the server. */
  document(request: RemoteDocument, signal: AbortSignal): Promise<DocumentText>;
  passages(request: RemoteDocument, signal: AbortSignal): Promise<readonly DocumentPassage[]>;
  /** There is none of them. */
  readonly isEmpty: boolean;
}

export interface RemoteDocument {
  readonly team: string;
  readonly source: string;
  readonly file: string;
}

/** One search. Nothing of it rejects but with an `AbortError`; it takes as long as the slowest may. */
export interface RemoteSearch {
  /** Of those that answered in time. */
  maxima(): Promise<readonly Maxima[]>;
  rankWith(constants: Constants): Promise<readonly RankedHits[]>;
  /** What became of each, once it is asked no more. */
  answers(): readonly TeamAnswer[];
}
