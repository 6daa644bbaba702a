/** The folders that are open to agents: their labels, and the file that a name means. */
import { pathInside } from '../platform/pathInside.ts';
import { PLATFORM, type Platform } from '../platform/platform.ts';
import type { DocumentPassage, DocumentRequest } from '../domain/document.ts';
import type { Engine } from '../domain/engine.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { teamFolder, teamOfFolder } from '../domain/team/team.ts';
import { AgentError } from './agentError.ts';
import { quotedName } from './answers/quotation.ts';

export interface OpenFolder {
  /** Absolute path. */
  readonly path: string;
  /** The folder's name, with a number where several folders have the same one. */
  readonly label: string;
}

/** A file that the index knows, with its passages in reading order. */
export interface IndexedFile extends DocumentRequest {
  /** The name in the form `label/file`. */
  readonly name: string;
  readonly passages: readonly DocumentPassage[];
}

const MOST_SIMILAR = 5;

export class OpenFolders {
  readonly all: readonly OpenFolder[];
  readonly #platform: Platform;

  constructor(paths: readonly string[], platform: Platform = PLATFORM) {
    this.#platform = platform;
    const labels = new Set<string>();
    this.all = [...new Set(paths)].map(folder => {
      // The label must not contain a slash, because one follows it in ids and addresses.
      const name = platform.path.basename(folder).replace(/[/\\]/g, '') || 'root';
      let label = name;
      for (let number = 2; labels.has(label); number++) label = `${name}-${number}`;
      labels.add(label);
      return { path: folder, label };
    });
  }

  get paths(): string[] {
    return this.all.map(folder => folder.path);
  }

  #isPlace(folder: string, name: string): boolean {
    return pathInside(folder, this.#platform.path.resolve(name), this.#platform) === '';
  }

  readonly labelOf = (folder: string): string => {
    const team = teamOfFolder(folder);
    if (team !== null) return `${team.team}:${team.source}`;
    return this.all.find(each => each.path === folder)?.label ?? this.#platform.path.basename(folder);
  };

  /** Folders by label or absolute path; all of them where `name` is absent. Throws an `AgentError`. */
  named(name: string | undefined): readonly OpenFolder[] {
    if (name === undefined) return this.all;
    const wanted = name.normalize('NFC');
    const found = this.all.filter(
      ({ label, path: folder }) => label.normalize('NFC') === wanted || this.#isPlace(folder, name),
    );
    if (found.length === 0)
      throw new AgentError({ code: 'unknownFolder', name, known: this.all.map(({ label }) => label) });
    return found;
  }

  nameOf({ folder, file }: DocumentRequest): string {
    return `${this.labelOf(folder)}/${file}`;
  }

  /**
   * The file that an agent names: relative to a folder, prefixed with the folder's label, or absolute. A name
   * is looked up in the engine's list of files only, never on disk. Throws an `AgentError`.
   */
  async find(
    engine: Engine,
    name: string,
    folder: string | undefined,
    signal: AbortSignal,
  ): Promise<IndexedFile> {
    const folders = this.named(folder);
    for (const request of requestsOf(name, folders, this.#platform)) {
      const passages = await engine.passages(request, { signal });
      if (passages.length > 0) return { ...request, name: this.nameOf(request), passages };
    }
    const request = await this.#listed(engine, name, folders, signal);
    const passages = await engine.passages(request, { signal });
    return { ...request, name: this.nameOf(request), passages };
  }

  /** The file that a name would denote, whether or not it exists; null where the name leads out of the folder. */
  meant(name: string, folder: string | undefined): DocumentRequest | null {
    const [request] = requestsOf(name, this.named(folder), this.#platform);
    if (request === undefined || request.file.split('/').includes('..')) return null;
    return request;
  }

  /** Looks for the file in the ledger: a file without passages may still exist, under another spelling of its name. */
  async #listed(
    engine: Engine,
    name: string,
    folders: readonly OpenFolder[],
    signal: AbortSignal,
  ): Promise<DocumentRequest> {
    const wanted = new Set(
      requestsOf(name, folders, this.#platform).map(({ folder, file }) => `${folder}\n${plain(file)}`),
    );
    const rows = (await engine.ledger({ signal })).filter(row =>
      folders.some(each => each.path === row.folder),
    );
    // A file that was left out has no text to give, but a reason to report.
    const same = rows.find(({ folder, path: file }) => wanted.has(`${folder}\n${plain(file)}`));
    if (same !== undefined) return requestOf(same);
    const entries = rows.filter(({ reason }) => reason !== 'ignored' && reason !== 'link').map(requestOf);
    const last = plain(name.slice(name.lastIndexOf('/') + 1));
    const alike = entries.filter(({ file }) => plain(file.slice(file.lastIndexOf('/') + 1)) === last);
    if (alike.length === 1) return alike[0]!;
    const near =
      alike.length > 0 ? alike : entries.filter(({ file }) => last !== '' && plain(file).includes(last));
    const similar = near.slice(0, MOST_SIMILAR).map(request => this.nameOf(request));
    throw new AgentError({ code: alike.length > 1 ? 'ambiguousFile' : 'unknownFile', name, similar });
  }
}

/** `team:source/file`: a document that is on a team's server alone. */
const TEAM_NAME = /^([^/:\\]+):([^/\\]+)\/(.+)$/su;

/** The files that a name may mean, most likely first. */
export function requestsOf(
  name: string,
  folders: readonly OpenFolder[],
  platform: Platform,
): DocumentRequest[] {
  const { path } = platform;
  const requests: DocumentRequest[] = [];
  // Names of documents have `/` on every system; on Windows, an agent may take a name from a shell.
  const text = (path.isAbsolute(name) ? name : name.replaceAll(path.sep, '/')).replace(/^\.\//, '');
  const team = TEAM_NAME.exec(text);
  if (team !== null) requests.push({ folder: teamFolder(team[1]!, team[2]!), file: team[3]! });
  for (const { path: folder, label } of folders) {
    if (text.startsWith(`${label}/`)) requests.push({ folder, file: text.slice(label.length + 1) });
    const inside = path.isAbsolute(text) ? pathInside(folder, text, platform) : null;
    if (inside !== null) requests.push({ folder, file: inside });
  }
  if (!path.isAbsolute(text)) for (const { path: folder } of folders) requests.push({ folder, file: text });
  return requests;
}

function requestOf({ folder, path: file }: LedgerEntry): DocumentRequest {
  return { folder, file };
}

/** Names come composed or decomposed, or as they were quoted, and nobody remembers their case. */
function plain(text: string): string {
  return quotedName(text).normalize('NFC').toLowerCase();
}
