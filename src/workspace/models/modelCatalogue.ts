/** The models of this user as clients see them: those installed, the one that answers, and the one being installed. */
import { Listeners } from '../../async/listeners.ts';
import { readManifest } from '../../model/modelFolder.ts';
import type { InstalledModel, InstalledModels } from '../../model/store/installedModels.ts';
import { withHub } from '../../model/store/installRequest.ts';
import { KNOWN_MODELS, knownModel, lastPart, modelIdOf } from '../../model/store/knownModels.ts';
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelEntry,
  ModelList,
  NetworkSettings,
} from '../../domain/models.ts';
import type { ModelJob } from '../../domain/engineStatus.ts';
import { UserError } from '../../errors/userError.ts';
import { indexPlace, isWhole, removeIndex, type IndexPlace } from '../files/indexPlace.ts';
import type { Library } from '../library.ts';
import { indexFingerprint } from './modelHost.ts';
import { ModelJobs } from './modelJobs.ts';

export interface ModelCatalogueOptions {
  readonly installed: InstalledModels;
  readonly library: Library;
  readonly storePath: string;
  /** Path of the built `model/store/worker.ts`. */
  readonly installer: string | URL;
  /** Model folder that the settings name, so that no other can be used; null where the user selects one. */
  readonly fixed: string | null;
  readonly language: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export class ModelCatalogue {
  readonly #options: ModelCatalogueOptions;
  readonly #jobs: ModelJobs;
  readonly onProgress = new Listeners<void>();

  constructor(options: ModelCatalogueOptions) {
    this.#options = options;
    this.#jobs = new ModelJobs(options.installer, options.installed.path, () => this.onProgress.fire());
  }

  async list(): Promise<ModelList> {
    const { installed, language } = this.#options;
    const found = await installed.list();
    const models = await Promise.all(
      found.map(async ({ path, ...model }): Promise<ModelEntry> => ({
        ...model,
        indexed: await this.#isIndexed(path),
      })),
    );
    const korean = language.toLowerCase().startsWith('ko');
    const known = KNOWN_MODELS.map(({ id, license, bytes, languages, maxTokens, note }) => ({
      id,
      license,
      bytes,
      languages,
      maxTokens,
      note: korean ? note.ko : note.en,
      installed: found.some(({ name, embedded }) => !embedded && name === lastPart(id)),
    }));
    return { models, known };
  }

  async #isIndexed(modelPath: string): Promise<boolean> {
    const whole = (await this.#places(modelPath)).map(place => isWhole(place));
    return whole.length > 0 && (await Promise.all(whole)).every(Boolean);
  }

  /** Places of the indexes of the open folders for one model. */
  async #places(modelPath: string): Promise<readonly IndexPlace[]> {
    const { library, storePath } = this.#options;
    const fingerprint = indexFingerprint(await readManifest(modelPath));
    const places = await Promise.all(
      // A missing folder has no index.
      library.folders.map(folder => indexPlace(storePath, folder, fingerprint).catch(() => null)),
    );
    return places.filter(place => place !== null);
  }

  /** Throws `UserError`: see `Hub.list`. */
  async hubListing(wanted: string, network: NetworkSettings, signal: AbortSignal): Promise<HubModel> {
    const model = idOf(wanted);
    const known = knownModel(model);
    return withHub(network, this.#options.environment, async hub => {
      const { id, commit, license, bytes, base } = await hub.list(model, known?.revision ?? 'main', signal);
      return { id, commit, license: license ?? known?.license ?? '?', bytes, base };
    });
  }

  get job(): ModelJob | null {
    return this.#jobs.current;
  }

  download(
    { id: wanted, commit, network, quantisation }: DownloadModelParams,
    signal: AbortSignal,
  ): Promise<{ readonly name: string }> {
    const id = idOf(wanted);
    return this.#jobs.run(
      { kind: 'download', id, commit, network, name: lastPart(id) },
      quantisation,
      signal,
    );
  }

  import({ path, quantisation }: ImportModelParams, signal: AbortSignal): Promise<{ readonly name: string }> {
    return this.#jobs.run({ kind: 'import', path }, quantisation, signal);
  }

  cancelJob(): void {
    this.#jobs.cancel();
  }

  /** Selects the model for this and every later engine; the library changes over in the background. */
  async use(name: string): Promise<void> {
    const { fixed, installed, library } = this.#options;
    if (fixed !== null) throw new UserError('modelFixed', fixed);
    const model = await this.#named(name);
    await installed.select(name);
    await library.useModel({ path: model.path, name });
  }

  /**
   * Removes a model with its indexes of the open folders. Throws `modelInUse` where it is selected, embedded or open.
   */
  async remove(name: string): Promise<void> {
    const { installed, library } = this.#options;
    const model = await this.#named(name);
    if (library.isModelOpen(model.path)) throw new UserError('modelInUse', name);
    const { fingerprint } = await fingerprinted(model);
    const others = await Promise.all((await installed.list()).map(fingerprinted));
    // The same model may be installed under two names: the other one uses the same indexes.
    const shared = others.some(other => other.path !== model.path && other.fingerprint === fingerprint);
    const places = shared ? [] : await this.#places(model.path);
    await installed.remove(name);
    for (const place of places) await removeIndex(place);
  }

  async #named(name: string): Promise<InstalledModel> {
    const models = await this.#options.installed.list();
    // Installed models take precedence: see `InstalledModels`.
    const model = models.filter(each => each.name === name).at(-1);
    if (model === undefined)
      throw new UserError('modelUnknown', `${name} (${models.map(each => each.name).join(', ')})`);
    return model;
  }

  close(): Promise<void> {
    return this.#jobs.close();
  }
}

function idOf(wanted: string): string {
  const id = modelIdOf(wanted);
  if (id === null) throw new UserError('modelUnknown', wanted);
  return id;
}

async function fingerprinted({ path }: InstalledModel): Promise<{ path: string; fingerprint: string }> {
  return { path, fingerprint: indexFingerprint(await readManifest(path)) };
}
