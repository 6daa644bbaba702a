/** The manifest as a blob of the store, and the blobs that it names or no longer names. */
import type { BlobStore } from '../blobStore.ts';
import { isIndexBlob, MANIFEST, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { DamagedError } from '../segment/sections.ts';

export class ManifestFile {
  readonly #store: BlobStore;
  #current: Manifest;
  /** False after writing a manifest failed: it may be on disk nevertheless. */
  #settled = true;
  /** Blobs of that failed manifest. */
  #abandoned: string[] = [];

  private constructor(store: BlobStore, current: Manifest) {
    this.#store = store;
    this.#current = current;
  }

  /**
   * Opens the manifest or starts an empty index (see `PassageIndex.open`); adds lines to `damage`. Throws a
   * `DamagedError` whose version is `newer`.
   */
  static async open(store: BlobStore, fingerprint: string, damage: string[]): Promise<ManifestFile> {
    let manifest: Manifest | null = null;
    const bytes = await store.read(MANIFEST);
    if (bytes !== null) {
      try {
        manifest = await readManifest(bytes);
      } catch (error) {
        if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
        // An index of an older version is no loss: it is built again.
        if (error.version === null) damage.push(`${MANIFEST}: ${error.message}`);
      }
    } else if ((await store.list()).some(isIndexBlob)) damage.push(`${MANIFEST}: missing`);
    if (manifest?.fingerprint === fingerprint) return new ManifestFile(store, manifest);
    const generation = (manifest?.generation ?? 0) + 1;
    manifest = { generation, fingerprint, segments: [], log: newName('log'), retired: [] };
    await store.write(MANIFEST, writeManifest(manifest));
    return new ManifestFile(store, manifest);
  }

  get current(): Manifest {
    return this.#current;
  }

  /**
   * Writes the next manifest. The blobs in `fresh` are new and are removed if this fails. Blobs that the
   * manifest no longer names are removed.
   */
  async replace(
    { segments, retired, log }: Pick<Manifest, 'segments' | 'retired' | 'log'>,
    fresh: readonly string[],
  ): Promise<void> {
    const before = this.#current;
    this.#abandoned.push(...fresh);
    await this.#write({ ...before, generation: before.generation + 1, segments, log, retired });
    const named = namesIn(this.#current);
    await this.forget([...namesIn(before)].filter(name => !named.has(name)));
  }

  async #write(manifest: Manifest): Promise<void> {
    this.#settled = false;
    await this.#store.write(MANIFEST, writeManifest(manifest));
    this.#current = manifest;
    this.#settled = true;
    const named = namesIn(manifest);
    await this.forget(this.#abandoned.splice(0).filter(name => !named.has(name)));
  }

  /**
   * Writes the valid manifest once more after a write failed. The failed one may be on disk nevertheless and
   * names another log, so entries acknowledged from now on would be lost. It gets a number of its own,
   * because the names that the failed one took must not be used again.
   */
  async settle(): Promise<void> {
    if (!this.#settled) await this.#write({ ...this.#current, generation: this.#current.generation + 1 });
  }

  /** Removes blobs that no manifest names. Those that can't be removed go when the index is opened again. */
  async forget(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#store.remove(name).catch(() => undefined);
  }

  /** Removes the remains of changes that never finished. */
  async forgetOthers(): Promise<void> {
    const keep = namesIn(this.#current);
    const others = (await this.#store.list()).filter(name => name !== MANIFEST && !keep.has(name));
    if (others.length === 0) return;
    // A killed process may have renamed the manifest without making that durable: the previous one, which
    // names other blobs, could still come back.
    await this.#write(this.#current);
    await this.forget(others);
  }

  /** Describes the damage of the manifest on disk; null where there is none. */
  async verify(): Promise<string | null> {
    const bytes = await this.#store.read(MANIFEST);
    if (bytes === null) return `${MANIFEST}: missing`;
    try {
      await readManifest(bytes);
      return null;
    } catch (error) {
      if (error instanceof DamagedError) return `${MANIFEST}: ${error.message}`;
      throw error;
    }
  }
}

function namesIn({ segments, log, retired }: Manifest): Set<string> {
  return new Set([log, ...segments, ...retired]);
}

/**
 * A name that was never used before: if an older log should still exist, its content must not become valid
 * again. Where the previous manifest can't be read, generations start again, and two of them may start in one
 * millisecond.
 */
export function newName(kind: 'segment' | 'log' | 'retired'): string {
  const chance = Math.floor(Math.random() * 2 ** 32).toString(36);
  return `${kind}-${Date.now().toString(36)}-${chance}`;
}
