/** Takes a model of the hub from its listing to installation. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFolder } from '../../modelFolder.ts';
import { copyModelFolder, type CopyProgress } from '../copyModelFolder.ts';
import type { ConvertProgress } from '../converter.ts';
import { requireSpace, type FreeBytes } from '../diskSpace.ts';
import { downloadFile } from './downloadFile.ts';
import type { Hub, HubListing } from './hub.ts';
import { installCheckpoint, type InstallTarget } from '../installCheckpoint.ts';
import { explained, type OpenPart } from './partFile.ts';
import { requireFreeName } from '../placeModel.ts';
import { TransferSpeed } from './transferSpeed.ts';
import { cleanLeftovers, WorkFolder } from '../workFolder.ts';

export interface DownloadProgress {
  readonly step: 'download';
  /** Bytes of all files, including those of earlier runs. */
  readonly done: number;
  readonly total: number;
  /** 0 and null until there is enough data. */
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress | CopyProgress | ConvertProgress) => void;
  readonly free?: FreeBytes;
  readonly openPart?: OpenPart;
}

/** Milliseconds between two reports. */
const REPORT_EVERY = 100;

/**
 * Downloads the files that `hub.list` listed, converts them and installs the model under `target.name`. Nothing appears
 * among the installed models before it is complete and verified. A failed or cancelled download keeps its files, and
 * continues with the same listing. Rejects with `UserError` or the signal's reason.
 */
export async function downloadModel(
  hub: Hub,
  listing: HubListing,
  target: InstallTarget,
  options: DownloadOptions = {},
): Promise<ModelFolder> {
  const { signal, onProgress } = options;
  await requireFreeName(target.models, target.name);
  await cleanLeftovers(target.models);
  const work = await WorkFolder.open(
    target.models,
    `download-${listing.id.replace('/', '--')}-${listing.commit}`,
  );
  try {
    const checkpoint = path.join(work.path, 'checkpoint');
    await fetchListing(hub, listing, checkpoint, {
      ...options,
      copies: target.quantisation === 'fp32' ? 2 : 1,
    });
    const ready = listing.files.some(file => file.path === 'malmoi-model.json');
    const { license, commit } = listing;
    const identity = { revision: commit, ...(license === null ? {} : { license }) };
    const installed = ready
      ? await copyModelFolder(checkpoint, work, target, options)
      : await installCheckpoint(checkpoint, work, target, { identity, signal, onProgress });
    await work.remove();
    return installed;
  } catch (error) {
    await work.keep();
    throw error;
  }
}

/** `copies` is the number of times the weights' size that the conversion will write. */
async function fetchListing(
  hub: Hub,
  listing: HubListing,
  folder: string,
  { signal, onProgress, free, openPart, copies }: DownloadOptions & { readonly copies: number },
): Promise<void> {
  const places = listing.files.map(file => ({ file, target: path.join(folder, ...file.path.split('/')) }));
  let present = 0;
  for (const { target } of places) present += (await sizeOf(target)) || (await sizeOf(`${target}.part`));
  await requireSpace(
    path.dirname(folder),
    Math.max(0, listing.bytes - present) + copies * listing.bytes,
    free,
  );
  const speed = new TransferSpeed();
  let finished = 0;
  let reported = -Infinity;
  const report = (bytes: number, last: boolean): void => {
    const now = performance.now();
    if (!last && now - reported < REPORT_EVERY) return;
    reported = now;
    const done = finished + bytes;
    speed.add(done);
    const { bytesPerSecond } = speed;
    const secondsLeft = speed.secondsLeft(listing.bytes - done);
    onProgress?.({ step: 'download', done, total: listing.bytes, bytesPerSecond, secondsLeft });
  };
  for (const { file, target } of places) {
    signal?.throwIfAborted();
    const onBytes = (bytes: number): void => report(bytes, false);
    await explained(target, () =>
      downloadFile(hub, file, target, { signal, onBytes, ...(openPart === undefined ? {} : { openPart }) }),
    );
    finished += file.bytes;
    report(0, true);
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
