/** Which files the last listing of a folder lets in. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Exclusion } from '../../domain/explanation.ts';
import type { FileReason } from '../../domain/ledger.ts';
import type { Listing } from './listing.ts';

export class Admission {
  readonly #root: string;
  /** What the listing left out, and why. */
  #leftOut = new Map<string, FileReason>();
  /** Files that are reached through a link, and where they really are. */
  #linked: ReadonlyMap<string, string> = new Map();
  #accepts: (path: string) => boolean = () => true;
  #exclusionOf: (path: string) => Exclusion | null = () => null;

  constructor(root: string) {
    this.#root = root;
  }

  get leftOut(): ReadonlyMap<string, FileReason> {
    return this.#leftOut;
  }

  /** What leaves a path out by the rules of the listing; null where nothing does. */
  exclusionOf(name: string): Exclusion | null {
    return this.#exclusionOf(name);
  }

  /** From now on this listing holds. */
  follow({ files, linked, leftOut, archives, unreadable, accepts, exclusionOf }: Listing): void {
    this.#accepts = accepts;
    this.#exclusionOf = exclusionOf;
    this.#linked = linked;
    this.#leftOut = new Map([
      ...files.filter(file => file.ignored).map(file => [file.path, 'ignored'] as const),
      ...leftOut.map(link => [link, 'link'] as const),
      ...archives.map(archive => [archive, 'archive'] as const),
      // Nobody knows what is in them: the folders themselves are told of.
      ...unreadable.map(folder => [`${folder}/`, 'noPermission'] as const),
    ]);
  }

  /**
   * `no` where a file is not, or where the rules leave it out, or where a link leads there that the listing has not
   * followed: an event must not bring in what lies outside of the folder. `unknown`: only a new listing knows.
   */
  async lets(name: string): Promise<'in' | 'no' | 'unknown'> {
    if (!this.#accepts(name)) return 'no';
    const place = await realpath(path.join(this.#root, name)).catch(() => null);
    if (place === null) return 'no';
    const isHere = place === path.join(await realpath(this.#root), name);
    if (isHere || this.#linked.get(name) === place) return 'in';
    // New, or another spelling of a name.
    return this.#leftOut.has(name) ? 'no' : 'unknown';
  }
}
