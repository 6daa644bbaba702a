/** An engine in this process over a folder of its own, and short ways to ask it. Needs a build (`npm run build`). */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../../src/domain/engine.ts';
import type { FolderRequest } from '../../src/domain/folder.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import { createEngine } from '../../src/engine/createEngine.ts';
import { InstalledModels } from '../../src/model/store/installedModels.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const MODEL = path.join(ROOT, 'media/model');

export class Place {
  readonly root: string;
  readonly notes: string;
  readonly store: string;
  #engine: Engine | null = null;

  private constructor(root: string) {
    this.root = root;
    this.notes = path.join(root, 'notes');
    this.store = path.join(root, 'store');
  }

  static async make(): Promise<Place> {
    const place = new Place(await mkdtemp(path.join(os.tmpdir(), 'malmoi-hardship-')));
    await mkdir(place.notes);
    return place;
  }

  /** Writes a note; `name` has its folders. */
  async write(name: string, text: string): Promise<void> {
    const file = path.join(this.notes, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  get folder(): FolderRequest {
    return { path: this.notes, name: 'notes', include: [], exclude: [], useIgnoreFiles: true };
  }

  async engine(): Promise<Engine> {
    this.#engine ??= await createEngine({
      storePath: this.store,
      modelPath: MODEL,
      modelFixed: true,
      installed: new InstalledModels(path.join(this.store, 'models'), MODEL),
      version: '0.0.1',
      language: 'ko',
      programs: path.join(ROOT, 'dist'),
      log: () => undefined,
    });
    return this.#engine;
  }

  /** Brings the index up to date. */
  async update(): Promise<void> {
    const engine = await this.engine();
    await engine.openFolders([this.folder]);
    await engine.updateFolder(this.notes);
  }

  async ledger(): Promise<ReadonlyMap<string, LedgerEntry>> {
    const rows = await (await this.engine()).ledger();
    return new Map(rows.map(row => [row.path, row]));
  }

  /** Files that a query finds by its letters, best first. */
  async found(query: string): Promise<readonly string[]> {
    const asked = { folders: [this.notes], query, channel: 'lexical', limit: 50, floor: 0 } as const;
    const { hits } = await (await this.engine()).search(asked);
    return hits.map(({ file }) => file);
  }

  /** Lets go of the store: the next question starts another engine. */
  async closeEngine(): Promise<void> {
    await this.#engine?.close();
    this.#engine = null;
  }

  async remove(): Promise<void> {
    await this.closeEngine();
    await rm(this.root, { recursive: true, force: true });
  }
}
