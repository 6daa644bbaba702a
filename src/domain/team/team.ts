/** A team's index on a server: where it is, and what became of asking it. */

export type TeamCredentials =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  /** The value of the Authorization header after `ApiKey` or `Bearer`. */
  | { readonly kind: 'apiKey' | 'bearer'; readonly key: string };

/** What is written down of a server: no secret. */
export interface TeamServer {
  /** What people call it. */
  readonly name: string;
  readonly url: string;
  /** Index or alias that is searched; where it is left out, the name. */
  readonly index?: string | undefined;
  /** File with the certificates (PEM) that the server's is checked by, beside those of the system. */
  readonly ca?: string | undefined;
  /** Where a source of the team (a folder that was pushed) lies on this machine: absolute paths. */
  readonly folders?: Readonly<Record<string, string>> | undefined;
  /** Address of a document, with `{source}` and `{path}`. */
  readonly link?: string | undefined;
  /** Milliseconds that a search waits for it at most. */
  readonly timeout?: number | undefined;
}

export interface TeamAccess extends TeamServer {
  /** In memory alone: never logged, never in settings. */
  readonly credentials: TeamCredentials | null;
}

/**
 * - `answered`: its hits are among the others;
 * - `slow`: it did not answer in time; - `unreachable`: it can't be reached;
 * - `untrusted`: its certificate is not trusted; - `unauthorized`, `forbidden`: who asks, or may not;
 * - `insecure`: its address would send credentials in the clear, or is none;
 * - `missing`: it has no such index; - `otherModel`, `otherFormat`: its index was made by another one;
 * - `busy`: it refuses for its load; - `full`: it takes no documents for its disk;
 * - `malformed`: its answer is none; - `failed`: anything else.
 */
export type TeamState =
  | 'answered'
  | 'slow'
  | 'unreachable'
  | 'untrusted'
  | 'unauthorized'
  | 'forbidden'
  | 'insecure'
  | 'missing'
  | 'otherModel'
  | 'otherFormat'
  | 'busy'
  | 'full'
  | 'malformed'
  | 'failed';

/** What a server had to do with a search. */
export interface TeamAnswer {
  readonly name: string;
  readonly state: TeamState;
  /** Milliseconds from asking to its last answer; those of them that the server itself says it took. */
  readonly milliseconds: number;
  readonly serverMilliseconds: number;
  /** Name of the model that made its index, where it is another one. */
  readonly model: string | null;
  /** Some conditions were looked at in so many passages only. */
  readonly isCut: boolean;
}

/** Where a hit of a team's index comes from. */
export interface HitOrigin {
  /** `TeamServer.name`. */
  readonly team: string;
  /** The folder that was pushed, by the name that it has there. */
  readonly source: string;
  /** Address of the document; null where the server's settings make none. */
  readonly link: string | null;
}

/** What stands before a team's name in `Hit.folder`, where the document is not on this machine. */
export const TEAM_FOLDER = 'malmoi-team:';

/** `Hit.folder` of documents of a source. */
export function teamFolder(team: string, source: string): string {
  return `${TEAM_FOLDER}${encodeURIComponent(team)}/${encodeURIComponent(source)}`;
}

/** The team and source of such a folder; null for a folder of this machine. */
export function teamOfFolder(folder: string): { readonly team: string; readonly source: string } | null {
  if (!folder.startsWith(TEAM_FOLDER)) return null;
  const [team = '', source = ''] = folder.slice(TEAM_FOLDER.length).split('/');
  try {
    return { team: decodeURIComponent(team), source: decodeURIComponent(source) };
  } catch {
    return null;
  }
}
