/** Installs a checkpoint from disk. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFolder } from '../modelFolder.ts';
import type { Converter, ConvertProgress, ConvertRequest, ModelProbe, Quantisation } from './converter.ts';
import { explained } from './download/partFile.ts';
import { placeModel } from './placeModel.ts';
import type { WorkFolder } from './workFolder.ts';

export interface InstallTarget {
  /** Folder of the installed models. */
  readonly models: string;
  readonly name: string;
  readonly quantisation: Quantisation;
  readonly converter: Converter;
  readonly probe: ModelProbe;
}

/**
 * Converts inside `work`, under a name that depends on the quantisation, so that an interrupted conversion is
 * continued. Rejects with the errors of the converter and `placeModel`.
 */
export async function installCheckpoint(
  checkpoint: string,
  work: WorkFolder,
  target: InstallTarget,
  {
    identity,
    signal,
    onProgress,
  }: {
    readonly identity?: NonNullable<ConvertRequest['identity']>;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: ConvertProgress) => void) | undefined;
  } = {},
): Promise<ModelFolder> {
  const { name, quantisation, converter } = target;
  const out = path.join(work.path, `model-${quantisation}`);
  const finished = await placeModel(out, target).catch(() => null);
  // A run that ended just before renaming the folder converted it.
  if (finished !== null) return finished;
  await rm(out, { recursive: true, force: true });
  await explained(out, () =>
    converter({
      checkpoint,
      out,
      identity: { ...identity, name },
      quantisation,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    }),
  );
  signal?.throwIfAborted();
  return placeModel(out, target);
}
