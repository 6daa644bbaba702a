/** Finds the model in a folder, and its kind: people pack the folder around it, too. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';

export interface ModelRoot {
  readonly path: string;
  /** `model` is converted already; `checkpoint` is in the hub's form. */
  readonly kind: 'model' | 'checkpoint';
}

/** A hub cache puts three folders around it (`models--owner--name/snapshots/<commit>`), an archive one or two. */
const MAX_WRAPPERS = 4;

/** Throws `UserError`: `importNothing`, `importUnreadable`. */
export async function findModelRoot(folder: string): Promise<ModelRoot> {
  let place = folder;
  for (let depth = 0; depth <= MAX_WRAPPERS; depth++) {
    const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) => {
      throw new UserError('importUnreadable', place, { cause: error });
    });
    const names = new Set(entries.map(({ name }) => name));
    if (names.has('malmoi-model.json')) return { path: place, kind: 'model' };
    const weights = Array.from(names).some(name => name.endsWith('.safetensors'));
    if (names.has('config.json') && weights) return { path: place, kind: 'checkpoint' };
    const folders = entries.filter(entry => entry.isDirectory() && !/^(?:\.|__MACOSX$)/.test(entry.name));
    const only = names.has('snapshots') ? 'snapshots' : folders.length === 1 ? folders[0]!.name : null;
    if (only === null) break;
    place = path.join(place, only);
  }
  throw new UserError('importNothing', folder);
}
