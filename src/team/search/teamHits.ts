/** Turns the documents of a server into hits. */
import type { Client } from '@opensearch-project/opensearch';
import type { Hit } from '../../domain/hit.ts';
import { teamOfFolder, type TeamServer } from '../../domain/team/team.ts';
import { contributionsOf } from '../../search/explain.ts';
import { passageId } from '../../search/localSource.ts';
import type { SearchPlan } from '../../search/passageSource.ts';
import type { Constants } from '../../search/ranking/fusionConstants.ts';
import type { StoredDocument } from '../documents.ts';
import type { Candidate } from './candidates.ts';
import { placeOfDocument } from './placeOfDocument.ts';

/** An index as it is searched: by its own name or by an alias. */
export interface SearchedIndex {
  readonly client: Client;
  readonly searched: string;
}

export interface NamedCandidate extends Candidate {
  /** The bonus for the name of the file or of its folder. */
  readonly name: number;
}

/** `constants` are null for a passage that was not scored. */
export function hitOf(
  server: TeamServer,
  hit: NamedCandidate | { readonly document: StoredDocument },
  plan: SearchPlan,
  constants: Constants | null,
): Hit {
  const { hash, path, modified, tags, passage } = hit.document;
  const { beside: _, ...shown } = passage;
  const isScored = constants !== null && 'score' in hit;
  const contributions = isScored
    ? contributionsOf(hit, passage, passage.headings, plan.query, constants)
    : [];
  const { folder, origin } = placeOfDocument(server, hit.document);
  // A passage on this machine has the engine's own id, and one of the server must not be taken for it.
  const id = passageId(hash, passage.start, teamOfFolder(folder) === null ? path : `${folder}/${path}`);
  const score = isScored ? hit.score : 0;
  return { ...shown, id, folder, file: path, modified, tags, score, contributions, origin };
}

export function isSame(a: StoredDocument, b: StoredDocument): boolean {
  return isSameFile(a, b) && a.passage.start === b.passage.start;
}

export function isSameFile(a: StoredDocument, b: StoredDocument): boolean {
  return a.source === b.source && a.path === b.path;
}
