/**
 * Which model answers, written down: an engine that ends while another model is being made ready must go on answering
 * from the index that is whole.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readManifest } from '../../model/modelFolder.ts';
import { writeWhole } from '../../model/wholeFile.ts';
import { indexFingerprint } from './modelHost.ts';

export interface Serving {
  readonly path: string;
  /** Of its indexes: see `indexFingerprint`. */
  readonly fingerprint: string;
}

const File = v.object({ version: v.literal(1), path: v.string(), fingerprint: v.string() });

export class ServingModel {
  readonly #file: string;
  readonly #known: () => Promise<readonly string[]>;

  /** `known`: folders of the models of this user; nothing else is ever opened because this file says so. */
  constructor(storePath: string, known: () => Promise<readonly string[]>) {
    this.#file = path.join(storePath, 'serving.json');
    this.#known = known;
  }

  /** The model that answered last, if it still is what it was; an update may have moved it (the embedded one). */
  async read(): Promise<Serving | null> {
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      const { path: last, fingerprint } = v.parse(File, JSON.parse(text));
      const known = await this.#known();
      for (const folder of [...known.filter(each => each === last), ...known]) {
        const manifest = await readManifest(folder).catch(() => null);
        if (manifest !== null && indexFingerprint(manifest) === fingerprint)
          return { path: folder, fingerprint };
      }
    } catch {
      // Damaged: as if it were not there.
    }
    return null;
  }

  /** Throws what the file system throws. */
  write({ path: folder, fingerprint }: Serving): Promise<void> {
    return writeWhole(this.#file, `${JSON.stringify({ version: 1, path: folder, fingerprint })}\n`);
  }
}
