/** Tells which files the last listing of a folder admits. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Exclusion } from '../../domain/explanation.ts';
import type { FileReason } from '../../domain/ledger.ts';
import type { Listing } from './listing.ts';

export class Admission {
  readonly #root: string;
  /** Files that the listing left out, each with the reason. */
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

  /** The rule that excludes a path; null where none does. */
  exclusionOf(name: string): Exclusion | null {
    return this.#exclusionOf(name);
  }

  /** Replaces the listing. */
  follow({ files, linked, leftOut, archives, unreadable, accepts, exclusionOf }: Listing): void {
    this.#accepts = accepts;
    this.#exclusionOf = exclusionOf;
    this.#linked = linked;
    this.#leftOut = new Map([
      ...files.filter(file => file.ignored).map(file => [file.path, 'ignored'] as const),
      ...leftOut.map(link => [link, 'link'] as const),
      ...archives.map(archive => [archive, 'archive'] as const),
      // The contents of an unreadable folder are unknown, so the folder itself is reported.
      ...unreadable.map(folder => [`${folder}/`, 'noPermission'] as const),
    ]);
  }

  /**
   * `no` where the file does not exist, where the rules exclude it, or where it is reached by a link that the listing
   * has not followed: an event must not bring in files from outside the folder. `unknown` where only a new listing can
   * tell.
   */
  async lets(name: string): Promise<'in' | 'no' | 'unknown'> {
    if (!this.#accepts(name)) return 'no';
    const place = await realpath(path.join(this.#root, name)).catch(() => null);
    if (place === null) return 'no';
    const isHere = place === path.join(await realpath(this.#root), name);
    if (isHere || this.#linked.get(name) === place) return 'in';
    // The name is new, or another spelling of a known one.
    return this.#leftOut.has(name) ? 'no' : 'unknown';
  }
}
