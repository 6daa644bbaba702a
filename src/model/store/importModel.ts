/** Installs a model from this machine's disk, a folder or an archive, where there is no network. */
import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import { readManifest, type ModelFolder } from '../modelFolder.ts';
import { unpack } from './archive/unpack.ts';
import type { UnpackLimits } from './archive/unpackTarget.ts';
import type { Converter, ConvertProgress, ModelProbe, Quantisation } from './converter.ts';
import { copyModelFolder, type CopyProgress } from './copyModelFolder.ts';
import type { FreeBytes } from './diskSpace.ts';
import { installCheckpoint } from './installCheckpoint.ts';
import { findModelRoot, type ModelRoot } from './modelRoot.ts';
import { requireFreeName } from './placeModel.ts';
import { cleanLeftovers, WorkFolder } from './workFolder.ts';

export interface ImportProgress {
  readonly step: 'unpack';
  readonly done: number;
  readonly total: number;
}

export interface ImportRequest {
  /** A folder, an archive, or any part of a split one. */
  readonly source: string;
  /** Folder of the installed models. */
  readonly models: string;
  /** Name of the model; defaults to the manifest's, or one made of the source's name. */
  readonly name?: string | null;
  /** Quantisation of a checkpoint; a model folder stays as it is. */
  readonly quantisation: Quantisation;
  readonly converter: Converter;
  readonly probe: ModelProbe;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress | CopyProgress | ConvertProgress) => void;
  readonly free?: FreeBytes;
  readonly limits?: UnpackLimits;
}

/**
 * Nothing appears among the installed models before it is complete and verified. Rejects with `UserError` (`archive…`,
 * `import…`, `model…`, `diskSpace`), the converter's errors, or the signal's reason.
 */
export async function importModel(request: ImportRequest): Promise<ModelFolder> {
  const { source, models, name = null } = request;
  if (name !== null) await requireFreeName(models, name);
  const found = await stat(source).catch(() => null);
  await cleanLeftovers(models);
  const work = await WorkFolder.open(models, `import-${randomBytes(8).toString('hex')}`);
  try {
    return await install(work, request, found?.isDirectory() === true);
  } finally {
    await work.remove();
  }
}

async function install(work: WorkFolder, request: ImportRequest, isFolder: boolean): Promise<ModelFolder> {
  const { models, quantisation, converter, probe, signal, onProgress, free } = request;
  const folder = isFolder ? request.source : await unpacked(work, request);
  signal?.throwIfAborted();
  const root = await findModelRoot(folder);
  const name = request.name ?? (await defaultName(root, folder, request.source, isFolder));
  await requireFreeName(models, name);
  if (root.kind === 'model')
    return copyModelFolder(root.path, work, { models, name, probe }, { signal, onProgress, free });
  return installCheckpoint(
    root.path,
    work,
    { models, name, quantisation, converter, probe },
    { signal, onProgress },
  );
}

async function unpacked(work: WorkFolder, request: ImportRequest): Promise<string> {
  const { source, signal, onProgress, free, limits } = request;
  const folder = path.join(work.path, 'unpacked');
  await mkdir(folder, { recursive: true });
  await unpack(source, folder, {
    signal,
    free,
    ...(limits === undefined ? {} : { limits }),
    onProgress: (done, total) => onProgress?.({ step: 'unpack', done, total }),
  });
  return folder;
}

async function defaultName(
  root: ModelRoot,
  folder: string,
  source: string,
  isFolder: boolean,
): Promise<string> {
  if (root.kind === 'model') return (await readManifest(root.path)).name;
  const [, cached] =
    /(?:^|[\\/])models--[^\\/]*?--([^\\/]+)[\\/]snapshots[\\/]/.exec(`${root.path}${path.sep}`) ?? [];
  const base = cached ?? (root.path === folder ? sourceName(source, isFolder) : path.basename(root.path));
  const name = base
    .normalize('NFC')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  if (name === '') throw new UserError('modelName', path.basename(source));
  return name;
}

/** An archive's name without its endings. */
function sourceName(source: string, isFolder: boolean): string {
  const name = path.basename(path.resolve(source));
  const endings = /(?:\.tar)?\.(?:zip|tar|tgz|gz)(?:\.(?:part)?(?:\d{1,6}|[a-z]{2,4}))?$/i;
  return isFolder ? name : name.replace(endings, '');
}
