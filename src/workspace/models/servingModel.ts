/** Records which model answers: an engine that ends during a change of models must go on with the complete index. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { readManifest } from '../../model/modelFolder.ts';
import { writeWhole } from '../../model/wholeFile.ts';
import { indexFingerprint } from './modelHost.ts';

export interface Serving {
  readonly path: string;
  /** Fingerprint of its indexes: see `indexFingerprint`. */
  readonly fingerprint: string;
}

const File = v.object({ version: v.literal(1), path: v.string(), fingerprint: v.string() });

export class ServingModel {
  readonly #file: string;
  readonly #known: () => Promise<readonly string[]>;

  /** `known` lists the folders of this user's models; this file can never make another folder be opened. */
  constructor(storePath: string, known: () => Promise<readonly string[]>) {
    this.#file = path.join(storePath, 'serving.json');
    this.#known = known;
  }

  /** The model that answered last, if it has not changed; an update may have moved it (the embedded one). */
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
      // A damaged file counts as missing.
    }
    return null;
  }

  /** Throws the file system's errors. */
  write({ path: folder, fingerprint }: Serving): Promise<void> {
    return writeWhole(this.#file, `${JSON.stringify({ version: 1, path: folder, fingerprint })}\n`);
  }
}
