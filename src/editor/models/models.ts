/**
 * The model commands: choose, download, import, remove. Nothing is fetched before the user has agreed to its size and
 * licence.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { HubModel, ModelEntry, NetworkSettings } from '../../domain/models.ts';
import type { ErrorReporter } from '../errors.ts';
import { isAbort } from '../../threads/abort.ts';
import { isEncrypted, lastPart } from './hubAddress.ts';
import { wording } from '../localised.ts';
import { ModelChange } from './modelChange.ts';
import { ModelJobs, openNetworkSettings } from './modelJobs.ts';
import type { ModelChoice, ModelPickOptions } from './modelPick.ts';
import { pickModel } from './modelPick.ts';
import type { ModelAction, ModelState } from './modelRows.ts';
import { downloadRows, modelRows, removableRows } from './modelRows.ts';
import type { ModelService } from './modelService.ts';
import { askForId, askForSource } from './modelSource.ts';
import { bytesText, downloadDetail, isNonCommercial, useDetail } from './modelText.ts';
import { confirmed, offer } from './offer.ts';
import type { Settings } from '../settings.ts';
import { MirrorError } from '../settings.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { inform } from '../notices.ts';
import { noticeText } from '../results/hitText.ts';

export interface ModelParts {
  readonly service: ModelService;
  readonly status: StatusSource;
  readonly settings: Settings;
  readonly errors: ErrorReporter;
}

export class Models implements vscode.Disposable {
  readonly #parts: ModelParts;
  readonly #jobs: ModelJobs;
  readonly #change: ModelChange;

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#jobs = new ModelJobs(parts.service, parts.status, parts.errors);
    this.#change = new ModelChange(parts.status);
  }

  async choose(): Promise<void> {
    const choice = await this.#pick(modelRows, {
      title: vscode.l10n.t('Malmoi — Models'),
      placeholder: vscode.l10n.t('Choose the model to search with'),
      buttons: [
        { icon: 'folder-opened', tip: vscode.l10n.t('Import from a File or Folder …'), run: 'import' },
        { icon: 'globe', tip: vscode.l10n.t('Download Another Model …'), run: 'otherModel' },
      ],
    });
    await this.#chosen(choice);
  }

  /** Downloads a model; without an id, the user picks one. */
  async download(id: string | null): Promise<void> {
    if (!(await this.#jobs.free())) return;
    if (id !== null) return this.#download(id);
    const choice = await this.#pick(downloadRows, {
      title: vscode.l10n.t('Malmoi — Download a Model'),
      placeholder: vscode.l10n.t('Size and licence are shown before anything is downloaded'),
    });
    await this.#chosen(choice);
  }

  async import(): Promise<void> {
    if (!(await this.#jobs.free())) return;
    const source = await askForSource();
    if (source === null) return;
    await this.#import(source);
  }

  async remove(): Promise<void> {
    const state = await this.#state();
    if (removableRows(state, wording).length === 0) {
      void inform(
        vscode.l10n.t('There is no model to remove: the one in use and the one that comes with Malmoi stay.'),
      );
      return;
    }
    const choice = await this.#pick(removableRows, {
      title: vscode.l10n.t('Malmoi — Remove a Model'),
      placeholder: vscode.l10n.t('Choose the model to remove from this machine'),
    });
    if (choice !== null && 'row' in choice && choice.row.is === 'installed') {
      await this.#remove(choice.row.model);
    }
  }

  showJob(): Promise<void> {
    return this.#jobs.show();
  }

  cancelJob(): Promise<void> {
    return this.#jobs.cancel();
  }

  /** Cancels a change of models: choosing the model that answers now ends it. */
  async cancelSwitch(): Promise<void> {
    const { status, service } = this.#parts;
    const { switching = null, model = null } = status.value ?? {};
    this.#change.expect(null);
    if (switching !== null && model !== null) return service.useModel(model.name);
    void inform(vscode.l10n.t('The model is not being changed.'));
  }

  async #state(): Promise<ModelState> {
    const { service, status, settings } = this.#parts;
    const list = await service.listModels();
    return { list, status: status.value, modelPath: settings.modelPath.value };
  }

  #pick(
    rows: (state: ModelState, words: typeof wording) => ReturnType<typeof modelRows>,
    options: Omit<ModelPickOptions, 'removeTip'>,
  ): Promise<ModelChoice> {
    return pickModel(async () => rows(await this.#state(), wording), {
      ...options,
      removeTip: vscode.l10n.t('Remove This Model'),
    });
  }

  async #chosen(choice: ModelChoice): Promise<void> {
    if (choice === null) return;
    if ('action' in choice) return this.#act(choice.action);
    const { row, remove } = choice;
    switch (row.is) {
      case 'installed':
        return remove ? this.#remove(row.model) : this.#choose(row.model, row.inUse);
      case 'known':
        return this.download(row.model.id);
      case 'action':
        return this.#act(row.action);
    }
  }

  async #act(action: ModelAction): Promise<void> {
    const actions: Readonly<Record<ModelAction, () => Promise<unknown>>> = {
      import: () => this.import(),
      otherModel: () => this.#downloadOther(),
      remove: () => this.remove(),
      showJob: () => this.showJob(),
      cancelSwitch: () => this.cancelSwitch(),
      openModelPath: () => openSetting('malmoi.modelPath'),
    };
    await actions[action]();
  }

  async #choose(model: ModelEntry, inUse: boolean): Promise<void> {
    const { status } = this.#parts;
    const switching = status.value?.switching ?? null;
    if (inUse) {
      if (switching !== null) return this.cancelSwitch();
      void inform(vscode.l10n.t('{0} is in use already.', model.name));
      return;
    }
    if (switching?.name === model.name) return;
    if (!(await this.#mayChoose())) return;
    const documents = status.value?.documents ?? 0;
    // A change that costs nothing and can be undone at once needs no question.
    if (!model.indexed && documents > 0) {
      const question = vscode.l10n.t('Search with {0} from now on?', model.name);
      if (!(await confirmed('information', question, useDetail(documents, wording), vscode.l10n.t('Use It'))))
        return;
    }
    await this.#use(model.name);
  }

  /** Whether a choice would take effect: the path in the settings takes precedence. */
  async #mayChoose(): Promise<boolean> {
    if (this.#parts.settings.modelPath.value === null) return true;
    await offer(
      'warning',
      vscode.l10n.t('The setting malmoi.modelPath decides the model. Empty it to choose another here.'),
      [{ label: vscode.l10n.t('Open Settings'), run: () => openSetting('malmoi.modelPath') }],
    );
    return false;
  }

  async #use(name: string): Promise<void> {
    this.#change.expect(name);
    try {
      await this.#parts.service.useModel(name);
    } catch (error) {
      this.#change.expect(null);
      throw error;
    }
  }

  async #downloadOther(): Promise<void> {
    const id = await askForId();
    if (id !== null) await this.download(id);
  }

  async #download(id: string): Promise<void> {
    const again = (): Promise<void> => this.download(id);
    let network: NetworkSettings;
    let model: HubModel | null;
    try {
      network = this.#parts.settings.network;
      model = await this.#listing(id, network);
    } catch (error) {
      if (!(error instanceof MirrorError)) return this.#jobs.offerAgain(true, error, again);
      const settings = { label: vscode.l10n.t('Open Settings'), run: openNetworkSettings };
      return offer('warning', error.message, [settings]);
    }
    if (model === null) return;
    const kind = isNonCommercial(model.license) || !isEncrypted(model.base) ? 'warning' : 'information';
    const question = vscode.l10n.t('Download the model {0}?', lastPart(model.id));
    if (!(await confirmed(kind, question, downloadDetail(model, wording), vscode.l10n.t('Download')))) return;
    const { commit } = model;
    await this.#jobs.run({
      kind: 'download',
      name: id,
      work: signal =>
        this.#parts.service.downloadModel({ id, commit, network, quantisation: 'auto' }, signal),
      installed: name => this.#offerUse(name),
      again,
    });
  }

  /** Resolves to null if the user did not want to wait. */
  async #listing(id: string, network: NetworkSettings): Promise<HubModel | null> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: noticeText(vscode.l10n.t('Malmoi: checking the size and licence of {0}', lastPart(id))),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        return await this.#parts.service.hubListing({ id, network }, abort.signal);
      } catch (error) {
        if (isAbort(error)) return null;
        throw error;
      }
    });
  }

  async #import(source: string): Promise<void> {
    await this.#jobs.run({
      kind: 'import',
      name: path.basename(source),
      work: signal => this.#parts.service.importModel({ path: source, quantisation: 'auto' }, signal),
      installed: name => this.#offerUse(name),
      again: () => this.#import(source),
    });
  }

  async #offerUse(name: string): Promise<void> {
    const documents = this.#parts.status.value?.documents ?? 0;
    const message =
      documents === 0
        ? vscode.l10n.t('{0} is installed.', name)
        : vscode.l10n.t(
            '{0} is installed. If you use it now, documents to reindex in the background: {1}. Until that is done, searches use the current model.',
            name,
            wording.number(documents),
          );
    await offer('information', message, [
      {
        label: vscode.l10n.t('Use Now'),
        run: async () => (await this.#mayChoose()) && this.#use(name),
      },
    ]);
  }

  async #remove(model: ModelEntry): Promise<void> {
    const detail = vscode.l10n.t(
      'This frees {0} of disk space and deletes the model’s index of the open folders. To use the model again, download or import it again.',
      bytesText(model.bytes, wording),
    );
    const question = vscode.l10n.t('Remove the model {0}?', model.name);
    if (!(await confirmed('warning', question, detail, vscode.l10n.t('Remove')))) return;
    await this.#parts.service.removeModel(model.name);
    void inform(vscode.l10n.t('{0} was removed.', model.name));
  }

  dispose(): void {
    this.#change.dispose();
  }
}

function openSetting(id: string): Promise<unknown> {
  return Promise.resolve(vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`));
}
