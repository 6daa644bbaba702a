/** Walks a folder for the files that could be indexed. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import type { Exclusion } from '../../domain/explanation.ts';
import type { LinkPolicy } from '../../domain/folder.ts';
import { pathInside } from '../../platform/pathInside.ts';
import { PLATFORM, type Platform } from '../../platform/platform.ts';
import { isArchive, isReadable } from '../../text/fileFormats.ts';
import { IGNORE_FILES, IgnoreRules, type PathFilter } from './ignoreRules.ts';

export interface ListedFile {
  /** `/`-separated, relative to the folder, exactly as the file system spells it. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly ignored: boolean;
}

export interface ListingOptions extends PathFilter {
  readonly useIgnoreFiles: boolean;
  /** The links that are followed. Default: `inside`. */
  readonly links?: LinkPolicy;
  /** Same as in `FolderOptions`. */
  readonly optional?: readonly string[];
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** The files that are reached through a link, with where they really are. */
  readonly linked: ReadonlyMap<string, string>;
  /** Links that are not followed, because of where they lead or because the target is listed already. */
  readonly leftOut: readonly string[];
  /** Archives that no rule excludes: they may contain documents. */
  readonly archives: readonly string[];
  /** Folders that could not be read: the index keeps what it has under them. */
  readonly unreadable: readonly string[];
  /** Whether the rules admit a path, for files that come later. */
  readonly accepts: (path: string) => boolean;
  /** The rule that excludes a path; null where none does. */
  readonly exclusionOf: (path: string) => Exclusion | null;
}

/** Milliseconds of matching rules after which searches get their turn. */
const BREATH = 10;

/** Matching many rules against many files takes time, which must not block the thread that answers searches. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < BREATH) return undefined;
    return new Promise(resolve => {
      setImmediate(() => {
        last = performance.now();
        resolve();
      });
    });
  };
}

/** Throws `UserError` `folderUnreadable` where the folder is not there; the index keeps what it has of it. */
async function placeOfRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch (error) {
    throw new UserError('folderUnreadable', root, { cause: error });
  }
}

/**
 * Links are followed after everything else, and only to places that have not been listed: each file comes once, and
 * nothing loops.
 */
export async function listFiles(
  root: string,
  options: ListingOptions,
  signal: AbortSignal,
): Promise<Listing> {
  const rules = new IgnoreRules(options);
  const walk = new Walk(root, await placeOfRoot(root), rules, options, signal);
  await walk.visit('', walk.realRoot);
  await walk.followLinks();
  const accepts = (name: string): boolean => {
    for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1))
      if (rules.skipsFolder(name.slice(0, slash))) return false;
    return !rules.skipsFile(name);
  };
  const { files, linked, leftOut, archives, unreadable } = walk;
  return {
    files,
    linked,
    leftOut,
    archives,
    unreadable,
    accepts,
    exclusionOf: name => rules.exclusionOf(name),
  };
}

class Walk {
  readonly files: ListedFile[] = [];
  readonly linked = new Map<string, string>();
  readonly leftOut: string[] = [];
  readonly archives: string[] = [];
  readonly unreadable: string[] = [];
  readonly realRoot: string;
  readonly #root: string;
  readonly #rules: IgnoreRules;
  readonly #options: ListingOptions;
  readonly #optional: ReadonlySet<string>;
  readonly #signal: AbortSignal;
  readonly #breathe = breather();
  /** Real places of the folders that were entered and the files that are to be indexed. */
  readonly #seen = new Set<string>();
  #links: string[] = [];

  constructor(
    root: string,
    realRoot: string,
    rules: IgnoreRules,
    options: ListingOptions,
    signal: AbortSignal,
  ) {
    this.#root = root;
    this.realRoot = realRoot;
    this.#rules = rules;
    this.#options = options;
    this.#optional = new Set(options.optional);
    this.#signal = signal;
  }

  /** `real` is the actual place of the folder, which differs once a link has been followed. */
  async visit(folder: string, real: string): Promise<void> {
    this.#signal.throwIfAborted();
    let entries;
    try {
      entries = await readdir(real, { withFileTypes: true });
    } catch (error) {
      // The root itself must be readable; a folder that has just vanished is empty.
      if (folder === '') throw new UserError('folderUnreadable', this.#root, { cause: error });
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.unreadable.push(folder);
      return;
    }
    this.#seen.add(real);
    if (this.#options.useIgnoreFiles)
      for (const name of IGNORE_FILES)
        if (entries.some(entry => entry.name === name && entry.isFile()))
          this.#rules.add(folder, await readFile(path.join(real, name), 'utf8').catch(() => ''), name);
    const subfolders: [string, string][] = [];
    for (const entry of entries) {
      await this.#breathe();
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const place = path.join(real, entry.name);
      if (entry.isSymbolicLink()) this.#links.push(relative);
      else if (entry.isDirectory()) {
        if (!this.#rules.skipsFolder(relative)) subfolders.push([relative, place]);
      } else if (this.#isReadable(relative)) await this.#add(relative, place);
      else if (isArchive(relative) && !this.#rules.skipsFile(relative)) this.archives.push(relative);
    }
    for (const [subfolder, place] of subfolders)
      if (!this.#seen.has(place)) await this.visit(subfolder, place);
  }

  #isReadable(name: string): boolean {
    return isReadable(name, this.#optional);
  }

  async #add(relative: string, place: string): Promise<void> {
    const found = await stat(place).catch(() => null);
    if (found === null || !found.isFile()) return;
    const ignored = this.#rules.skipsFile(relative);
    if (!ignored && this.#seen.has(place)) {
      this.leftOut.push(relative);
      return;
    }
    if (!ignored) this.#seen.add(place);
    this.files.push({ path: relative, size: found.size, modified: found.mtimeMs, ignored });
    if (place !== path.join(this.realRoot, relative)) this.linked.set(relative, place);
  }

  /** Follows links, including those in folders that links lead to. */
  async followLinks(): Promise<void> {
    while (this.#links.length > 0) {
      const links = this.#links.sort();
      this.#links = [];
      for (const link of links) await this.#follow(link);
    }
  }

  async #follow(link: string): Promise<void> {
    this.#signal.throwIfAborted();
    // A broken link leads nowhere, so there is nothing to find.
    const place = await realpath(path.join(this.#root, link)).catch(() => null);
    const found = place === null ? null : await stat(place).catch(() => null);
    if (place === null || found === null) return;
    const isFolder = found.isDirectory();
    if (isFolder ? this.#rules.skipsFolder(link) : !found.isFile() || !this.#isReadable(link)) return;
    if (!mayFollow(place, this.realRoot, this.#options.links) || this.#seen.has(place))
      this.leftOut.push(link);
    else if (isFolder) await this.visit(link, place);
    else await this.#add(link, place);
  }
}

/** Whether a link may lead to this real place. */
export function mayFollow(
  place: string,
  realRoot: string,
  links: LinkPolicy = 'inside',
  platform: Pick<Platform, 'path'> = PLATFORM,
): boolean {
  if (links === 'inside') return pathInside(realRoot, place, platform) !== null;
  return links === 'everywhere';
}
