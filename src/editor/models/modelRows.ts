/** The rows of `말모이: 모델 바꾸기`. Pure. */
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { KnownModelEntry, ModelEntry, ModelList } from '../../domain/models.ts';
import { labelText } from '../results/hitText.ts';
import { lastPart } from './hubAddress.ts';
import { jobText, switchText } from './modelJobText.ts';
import type { Wording } from './modelText.ts';
import { bytesText, factsText, isNonCommercial, languagesText, licenseText } from './modelText.ts';

export type ModelAction = 'import' | 'otherModel' | 'remove' | 'showJob' | 'cancelSwitch' | 'openModelPath';

interface Texts {
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export type ModelRow =
  | { readonly is: 'section'; readonly label: string }
  | ({
      readonly is: 'installed';
      readonly model: ModelEntry;
      readonly inUse: boolean;
      readonly removable: boolean;
    } & Texts)
  | ({ readonly is: 'known'; readonly model: KnownModelEntry } & Texts)
  | ({ readonly is: 'action'; readonly action: ModelAction } & Texts);

export interface ModelState {
  readonly list: ModelList;
  readonly status: EngineStatus | null;
  /** The setting `malmoi.modelPath`, which goes before any choice. */
  readonly modelPath: string | null;
}

export function modelRows(state: ModelState, wording: Wording): readonly ModelRow[] {
  const { t } = wording;
  const known = downloadable(state);
  return [
    ...underWayRows(state, wording),
    { is: 'section', label: t('Installed') },
    ...state.list.models.map(model => installedRow(model, state, wording)),
    ...(known.length === 0 ? [] : [section(t('To download'))]),
    ...known.map(model => knownRow(model, wording)),
    section(t('More')),
    action('import', 'folder-opened', t('Import from a File or Folder …'), {
      detail: t(
        'For a machine without a network: a folder, .zip, .tar, .tgz, or one part of a split archive',
      ),
    }),
    action('otherModel', 'globe', t('Download Another Model …'), {
      detail: t('By its name on Hugging Face, owner/name'),
    }),
    ...(state.list.models.some(model => isRemovable(model, state))
      ? [action('remove', 'trash', t('Remove a Model …'))]
      : []),
  ];
}

/** Rows that precede any choice: the setting that disables it, a job, a change. */
function underWayRows({ status, modelPath }: ModelState, wording: Wording): readonly ModelRow[] {
  const { t } = wording;
  const rows: ModelRow[] = [];
  if (modelPath !== null)
    rows.push(
      action('openModelPath', 'warning', t('The setting malmoi.modelPath decides the model'), {
        detail: t('Clear it to choose a model here. Press Enter to open the setting.'),
      }),
    );
  if (status !== null && status.job !== null)
    rows.push(
      action('showJob', 'sync~spin', plain(lastPart(status.job.name)), {
        description: jobText(status.job, wording),
        detail: t('Press Enter to see its progress or stop it.'),
      }),
    );
  if (status !== null && status.switching !== null)
    rows.push(
      action('cancelSwitch', 'close', t('Stop Changing the Model'), {
        detail: switchText(status.switching, wording),
      }),
    );
  return rows.length === 0 ? [] : [section(t('Now')), ...rows];
}

/**
 * Whether the model answers searches; whether it is selected, where the engine has not answered or names none of these.
 */
export function isInUse(model: ModelEntry, { list, status }: Pick<ModelState, 'list' | 'status'>): boolean {
  const answering = status?.model?.name;
  return list.models.some(({ name }) => name === answering) ? model.name === answering : model.selected;
}

export function isRemovable(model: ModelEntry, state: ModelState): boolean {
  return !model.embedded && !model.selected && !isInUse(model, state);
}

function downloadable({ list, status }: ModelState): readonly KnownModelEntry[] {
  return list.known.filter(({ id, installed }) => !installed && id !== status?.job?.name);
}

function installedRow(model: ModelEntry, state: ModelState, wording: Wording): ModelRow {
  const { status } = state;
  const inUse = isInUse(model, state);
  const coming = status?.switching?.name === model.name;
  return {
    is: 'installed',
    model,
    inUse,
    removable: isRemovable(model, state),
    icon: coming ? 'sync~spin' : inUse ? 'check' : 'circle-large-outline',
    label: plain(model.name),
    description: factsText(model, wording),
    detail: installedDetail(model, status, inUse, coming, wording),
  };
}

function installedDetail(
  model: ModelEntry,
  status: EngineStatus | null,
  inUse: boolean,
  coming: boolean,
  wording: Wording,
): string {
  const { t, number } = wording;
  const facts: string[] = [];
  if (inUse) facts.push(t('In use'));
  else if (coming && status?.switching) facts.push(switchText(status.switching, wording));
  else if (model.indexed) facts.push(t('Already indexed: takes effect immediately'));
  else facts.push(t('Documents to reindex if you choose it: {0}', number(status?.documents ?? 0)));
  if (model.embedded) facts.push(t('comes with Malmoi'));
  if (isNonCommercial(model.license)) facts.push(t('no commercial use'));
  return facts.join(' · ');
}

function knownRow(model: KnownModelEntry, wording: Wording): ModelRow {
  const { t } = wording;
  const facts = [
    languagesText(model.languages, wording),
    t('about {0}', bytesText(model.bytes, wording)),
    licenseText(model.license, wording),
  ];
  return {
    is: 'known',
    model,
    icon: 'cloud-download',
    label: plain(lastPart(model.id)),
    description: facts.filter(each => each !== null).join(' · '),
    detail: plain(model.note),
  };
}

export function removableRows(state: ModelState, wording: Wording): readonly ModelRow[] {
  return state.list.models
    .filter(model => isRemovable(model, state))
    .map(model => ({
      is: 'installed',
      model,
      inUse: false,
      removable: true,
      icon: 'trash',
      label: plain(model.name),
      description: factsText(model, wording),
    }));
}

/** The rows of the command that only downloads. */
export function downloadRows(state: ModelState, wording: Wording): readonly ModelRow[] {
  const { t } = wording;
  return [
    ...downloadable(state).map(model => knownRow(model, wording)),
    section(t('More')),
    action('otherModel', 'globe', t('Download Another Model …'), {
      detail: t('By its name on Hugging Face, owner/name'),
    }),
  ];
}

function section(label: string): ModelRow {
  return { is: 'section', label };
}

function action(
  name: ModelAction,
  icon: string,
  label: string,
  texts: { readonly description?: string; readonly detail?: string } = {},
): ModelRow {
  return { is: 'action', action: name, icon, label, ...texts };
}

/** Names and notes come from other people's files. */
const plain = labelText;
