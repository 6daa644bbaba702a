/** The models of this user: one folder each, the embedded one beside them, and the selected one. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import { UserError } from '../../errors/userError.ts';
import { patientRename } from '../../platform/patience.ts';
import { PLATFORM } from '../../platform/platform.ts';
import { readManifest, type ModelManifest } from '../modelFolder.ts';
import { writeWhole } from '../wholeFile.ts';
import type { ModelEntry } from '../../domain/models.ts';
import { isModelName } from './memberPath.ts';
import { diskError, explained } from './download/partFile.ts';
import { cleanLeftovers } from './workFolder.ts';

/** `name` is that of the folder, by which the model is selected; the embedded model has a name of its own. */
export interface InstalledModel extends Omit<ModelEntry, 'indexed'> {
  readonly path: string;
}

const SELECTED = 'selected.json';

/** The path is `option`, or `MALMOI_MODELS`, or in the data folder of this user. */
export function modelsPath(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  option?: string | null,
): string {
  const wanted = option || environment['MALMOI_MODELS'];
  return wanted ? path.resolve(wanted) : path.join(envPaths('malmoi', { suffix: '' }).data, 'models');
}

export class InstalledModels {
  /** Folder of the installed models; it need not exist. */
  readonly path: string;
  readonly #embedded: string;

  constructor(models: string, embedded: string) {
    this.path = models;
    this.#embedded = embedded;
  }

  /** Lists the models, the embedded one first. Reads only manifests; `openModelFolder` checks the files. */
  async list(): Promise<readonly InstalledModel[]> {
    const selected = await this.#selected();
    const embedded = await readManifest(this.#embedded);
    const models = [described(embedded.name, this.#embedded, embedded, true, selected === null)];
    for (const name of await this.#names()) {
      const folder = path.join(this.path, name);
      // A folder without a manifest is not one of our models.
      const manifest = await readManifest(folder).catch(() => null);
      if (manifest !== null) models.push(described(name, folder, manifest, false, name === selected));
    }
    return models;
  }

  /**
   * Selects a model for engines that start from now on; a running one is told with `UseModelRequest`. Throws
   * `UserError` (`modelUnknown`, `modelDamaged`, `modelsUnusable`).
   */
  async select(name: string): Promise<void> {
    const folder = await this.#folderOf(name);
    if (folder === null) throw await this.#unknown(name);
    await readManifest(folder);
    await explained(this.path, async () => {
      await mkdir(this.path, { recursive: true });
      const file = path.join(this.path, SELECTED);
      if (folder === this.#embedded) return rm(file, { force: true });
      await writeWhole(file, `${JSON.stringify({ name })}\n`);
    });
  }

  /**
   * Removes a model. Throws `UserError`: `modelUnknown`, `modelInUse` (selected, embedded, or held open),
   * `modelsUnusable`.
   */
  async remove(name: string): Promise<void> {
    const folder = await this.#folderOf(name);
    if (folder === null) throw await this.#unknown(name);
    if (folder === this.#embedded || (await this.#selected()) === name)
      throw new UserError('modelInUse', name);
    const trash = path.join(this.path, '.work', `removed-${process.pid}-${Date.now()}`);
    try {
      await mkdir(path.dirname(trash), { recursive: true });
      // The rename makes removal atomic: a half-removed model must not be found.
      await patientRename(folder, trash);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'EBUSY' || (code === 'EPERM' && PLATFORM.locksOpenFiles)
        ? new UserError('modelInUse', name, { cause: error })
        : diskError(error, folder);
    }
    await rm(trash, { recursive: true, force: true, maxRetries: 3 });
  }

  /**
   * Path of the model folder for `wanted`, which is a model folder's path or the name of an installed model; null for
   * the selected one, or the embedded one where none is selected or the selected one is missing. Throws `UserError`
   * `modelUnknown`.
   */
  async resolve(wanted: string | null): Promise<string> {
    if (wanted === null) {
      const selected = await this.#selected();
      return selected === null ? this.#embedded : path.join(this.path, selected);
    }
    if (await isModelFolder(wanted)) return path.resolve(wanted);
    const folder = await this.#folderOf(wanted);
    if (folder === null) throw await this.#unknown(wanted);
    return folder;
  }

  /** Removes the remains of crashed installations. */
  clean(): Promise<void> {
    return cleanLeftovers(this.path);
  }

  /** Name of the selected model, if it exists; null for the embedded one. */
  async #selected(): Promise<string | null> {
    try {
      const { name } = JSON.parse(await readFile(path.join(this.path, SELECTED), 'utf8')) as {
        name?: unknown;
      };
      if (typeof name !== 'string' || !isModelName(name)) return null;
      return (await isModelFolder(path.join(this.path, name))) ? name : null;
    } catch {
      return null;
    }
  }

  async #folderOf(name: string): Promise<string | null> {
    // Installed models take precedence: one with the embedded model's name was put there on purpose.
    if (isModelName(name) && (await isModelFolder(path.join(this.path, name))))
      return path.join(this.path, name);
    return (await readManifest(this.#embedded)).name === name ? this.#embedded : null;
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.path).catch((): string[] => []);
    return names.filter(isModelName).sort((a, b) => (a < b ? -1 : 1));
  }

  async #unknown(name: string): Promise<UserError> {
    const names = (await this.list()).map(model => model.name);
    return new UserError('modelUnknown', `${name} (${names.join(', ')})`);
  }
}

async function isModelFolder(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, 'malmoi-model.json')).catch(() => null))?.isFile() === true;
}

function described(
  name: string,
  folder: string,
  { revision, license, languages, quantisation, files }: ModelManifest,
  embedded: boolean,
  selected: boolean,
): InstalledModel {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { name, path: folder, revision, license, languages, bytes, quantisation, embedded, selected };
}
