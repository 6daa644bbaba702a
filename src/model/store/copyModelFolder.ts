/** Installs a model folder that is converted already. */
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openModelFolder, type ModelFolder } from '../modelFolder.ts';
import type { ModelProbe } from './converter.ts';
import { requireSpace, type FreeBytes } from './diskSpace.ts';
import { explained } from './download/partFile.ts';
import { placeModel } from './placeModel.ts';
import type { WorkFolder } from './workFolder.ts';

export interface CopyProgress {
  readonly step: 'copy';
  /** `limit` is in bytes. */
  readonly done: number;
  readonly total: number;
}

const TEXTS = /^(?:readme|licen[cs]e|notice)[^/]*$/i;

/**
 * Copies only the files of the manifest and the licence's text, and installs the copy. Throws `diskSpace`, the errors
 * of `openModelFolder` and `placeModel`, and the signal's reason.
 */
export async function copyModelFolder(
  source: string,
  work: WorkFolder,
  target: { readonly models: string; readonly name: string; readonly probe: ModelProbe },
  {
    signal,
    onProgress,
    free,
  }: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
    readonly free?: FreeBytes | undefined;
  } = {},
): Promise<ModelFolder> {
  const { manifest } = await openModelFolder(source);
  const texts = (await readdir(source, { withFileTypes: true }))
    .filter(entry => entry.isFile() && TEXTS.test(entry.name))
    .map(entry => entry.name);
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  await requireSpace(work.path, bytes, free);
  const staged = path.join(work.path, 'copy');
  let done = 0;
  await explained(staged, async () => {
    await rm(staged, { recursive: true, force: true });
    await mkdir(staged, { recursive: true });
    for (const file of new Set([...Object.keys(manifest.files), 'malmoi-model.json', ...texts])) {
      signal?.throwIfAborted();
      await copyFile(path.join(source, file), path.join(staged, file));
      done += manifest.files[file]?.bytes ?? 0;
      onProgress?.({ step: 'copy', done, total: bytes });
    }
  });
  return placeModel(staged, target);
}
