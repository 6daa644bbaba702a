/** The last step of every installation: a complete, verified folder gets its name. */
import { rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import { patiently } from '../../platform/patience.ts';
import { PLATFORM } from '../../platform/platform.ts';
import { openModelFolder, type ModelFolder } from '../modelFolder.ts';
import type { ModelProbe } from './converter.ts';
import { isModelName } from './memberPath.ts';
import { diskError } from './download/partFile.ts';

/**
 * Milliseconds between tries: Windows holds a folder for a moment after it was written, while a virus scanner reads it.
 */
const PAUSES = [100, 300, 1_000, 3_000];

/** Throws `UserError` (`modelName`, `modelExists`); better called before a long download than after it. */
export async function requireFreeName(models: string, name: string): Promise<void> {
  if (!isModelName(name)) throw new UserError('modelName', name);
  if ((await stat(path.join(models, name)).catch(() => null)) !== null)
    throw new UserError('modelExists', name);
}

/**
 * Verifies `staged` (every checksum, and that it works) and moves it to `<models>/<name>`. Throws the errors of
 * `openModelFolder` and the probe, `modelExists`, and `modelsUnusable`.
 */
export async function placeModel(
  staged: string,
  { models, name, probe }: { readonly models: string; readonly name: string; readonly probe: ModelProbe },
): Promise<ModelFolder> {
  const verified = await openModelFolder(staged);
  await requireFreeName(models, name);
  await probe(verified);
  const target = path.join(models, name);
  try {
    await patiently(() => rename(staged, target), PLATFORM, PAUSES);
    return { ...verified, path: target };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') throw new UserError('modelExists', name, { cause: error });
    throw diskError(error, target);
  }
}
