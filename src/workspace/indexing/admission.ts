/** Tells which files the last listing of a folder admits. */
import { realpath } from 'node:fs/promises';
import type { Exclusion } from '../../domain/explanation.ts';
import type { FileReason } from '../../domain/ledger.ts';
import { pathInside } from '../../platform/pathInside.ts';
import { PLATFORM, type Platform } from '../../platform/platform.ts';
import type { Listing } from './listing.ts';

/** The disk as it resolves names: by the rules of its file system, which may ignore case and normal form. */
export interface Disk {
  readonly platform: Pick<Platform, 'path'>;
  readonly realpath: (place: string) => Promise<string>;
}

/** `spelled`: the disk spells the name in another way, in which the rules admit it. */
export type Admitted = 'in' | 'no' | 'unknown' | { readonly spelled: string };

/** Milliseconds for which the folder's own place is believed; where it changes meanwhile, its files are `unknown`. */
const ROOT_HOLDS = 1_000;

export class Admission {
  readonly #root: string;
  #realRoot: { readonly place: Promise<string>; readonly until: number } | null = null;
  readonly #disk: Disk;
  /** Files that the listing left out, each with the reason. */
  #leftOut = new Map<string, FileReason>();
  /** Files that are reached through a link, and where they really are. */
  #linked: ReadonlyMap<string, string> = new Map();
  #accepts: (path: string) => boolean = () => true;
  #exclusionOf: (path: string) => Exclusion | null = () => null;

  constructor(root: string, disk: Disk = { platform: PLATFORM, realpath }) {
    this.#root = root;
    this.#disk = disk;
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
   * tell. The editor composes the names of events on macOS, and a command may have them in any case on Windows.
   */
  async lets(name: string): Promise<Admitted> {
    if (!this.#accepts(name)) return 'no';
    const { platform } = this.#disk;
    const place = await this.#disk.realpath(platform.path.join(this.#root, name)).catch(() => null);
    if (place === null) return 'no';
    const realRoot = await this.#rootPlace();
    if (place === platform.path.join(realRoot, name) || this.#linked.get(name) === place) return 'in';
    if (this.#leftOut.has(name)) return 'no';
    const spelled = pathInside(realRoot, place, platform);
    if (spelled === null || !isSameName(spelled, name)) return 'unknown';
    return this.#accepts(spelled) ? { spelled } : 'no';
  }

  /** The folder's place is asked for once for all files of a moment, which were half of all questions to the disk. */
  async #rootPlace(): Promise<string> {
    const now = performance.now();
    if (this.#realRoot === null || this.#realRoot.until < now)
      this.#realRoot = { place: this.#disk.realpath(this.#root), until: now + ROOT_HOLDS };
    const { place } = this.#realRoot;
    return place.catch((error: unknown) => {
      this.#realRoot = null;
      throw error;
    });
  }
}

/** Whether two names may be one on a disk that ignores case and normal form; the disk itself has said that they are. */
function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
