/** The request to the installer's thread. */
import type { NetworkSettings } from '../../domain/models.ts';
import type { Quantisation } from './converter.ts';
import type { CopyProgress } from './copyModelFolder.ts';
import type { ConvertProgress } from './converter.ts';
import type { DownloadProgress } from './download/downloadModel.ts';
import { Hub, HUB } from './download/hub.ts';
import type { ImportProgress } from './importModel.ts';
import { Network } from './download/network.ts';

export type InstallSource =
  | {
      readonly kind: 'download';
      /** The model's id on the hub (`owner/name`), and its commit. */
      readonly id: string;
      readonly commit: string;
      readonly network: NetworkSettings;
      /** Name of the installed model. */
      readonly name: string;
    }
  | {
      readonly kind: 'import';
      /** A folder, an archive, or part of one. */
      readonly path: string;
    };

export interface InstallRequest {
  readonly source: InstallSource;
  /** Folder of the installed models. */
  readonly models: string;
  readonly quantisation: Quantisation;
  readonly threads: number;
}

export type InstallProgress = DownloadProgress | ImportProgress | CopyProgress | ConvertProgress;

/** Runs `work` with the hub given by these settings and this environment. */
export async function withHub<T>(
  { proxy, noProxy, strictSsl, mirror }: NetworkSettings,
  environment: Readonly<Record<string, string | undefined>>,
  work: (hub: Hub) => Promise<T>,
): Promise<T> {
  const network = new Network({ ...(proxy === null ? {} : { proxy }), noProxy, strictSsl, environment });
  try {
    const base = mirror || environment['HF_ENDPOINT'] || HUB;
    return await work(new Hub(network, { base, token: environment['HF_TOKEN'] || undefined }));
  } finally {
    await network.close();
  }
}
