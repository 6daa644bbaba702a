/** The commands that install a model: `model import`, `model convert` and `model download`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { openModelFolder } from '../model/modelFolder.ts';
import type { Converter, ModelProbe } from '../model/store/converter.ts';
import { downloadModel } from '../model/store/download/downloadModel.ts';
import { Hub, HUB, type HubListing } from '../model/store/download/hub.ts';
import { importModel } from '../model/store/importModel.ts';
import type { InstalledModels } from '../model/store/installedModels.ts';
import { knownModel, lastPart, modelIdOf } from '../model/store/knownModels.ts';
import { Network } from '../model/store/download/network.ts';
import { requireFreeName } from '../model/store/placeModel.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { interruptible } from './interrupt.ts';
import { megabytes, progressLine } from './modelProgress.ts';
import { UsageError } from './usage.ts';

export interface ModelInstallOptions {
  readonly installed: InstalledModels;
  readonly converter: Converter;
  readonly probe: ModelProbe;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks the user at the terminal; null where there is none. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
}

export function runImport(
  { operands, name, quantisation }: Arguments,
  { installed, converter, probe }: ModelInstallOptions,
  console: Console,
): Promise<number> {
  return interruptible(
    async signal => {
      const source = path.resolve(operands[1]!);
      const folder = await importModel({
        source,
        models: installed.path,
        name,
        quantisation,
        converter,
        probe,
        signal,
        onProgress: progress => console.progress(progressLine(progress)),
      });
      return finished(folder.path, console);
    },
    () => cancelled(console, '가져오기를 그만두었습니다. / Import cancelled.'),
  );
}

export function runConvert(
  { operands, name, quantisation }: Arguments,
  { converter }: ModelInstallOptions,
  console: Console,
): Promise<number> {
  return interruptible(
    async signal => {
      const [checkpoint, out] = [path.resolve(operands[1]!), path.resolve(operands[2]!)];
      if ((await stat(path.join(checkpoint, 'config.json')).catch(() => null)) === null)
        throw new UsageError(`config.json이 없습니다. / No config.json in it: ${checkpoint}`);
      if ((await stat(out).catch(() => null)) !== null)
        throw new UsageError(`이미 있습니다. / It exists already: ${out}`);
      await converter({
        checkpoint,
        out,
        ...(name === null ? {} : { identity: { name } }),
        quantisation,
        signal,
        onProgress: progress => console.progress(progressLine(progress)),
      });
      await openModelFolder(out);
      console.progress('');
      console.print(out);
      return 0;
    },
    () => cancelled(console, '변환을 그만두었습니다. / Conversion cancelled.'),
  );
}

export function runDownload(
  args: Arguments,
  options: ModelInstallOptions,
  console: Console,
): Promise<number> {
  return interruptible(
    signal => download(args, options, console, signal),
    () =>
      cancelled(
        console,
        '내려받기를 그만두었습니다. 다시 실행하면 이어받습니다. / Download cancelled; run the command again to resume it.',
      ),
  );
}

async function download(
  args: Arguments,
  { installed, converter, probe, environment, ask }: ModelInstallOptions,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const id = modelIdOf(args.operands[1]!);
  if (id === null)
    throw new UsageError(`owner/name 꼴의 이름이 필요합니다. / owner/name expected: ${args.operands[1]}`);
  const name = args.name ?? lastPart(id);
  const base = args.mirror ?? (environment['HF_ENDPOINT'] || HUB);
  if (!/^https?:\/\/[^/]/.test(base)) throw new UsageError(`--mirror: ${base}`);
  await requireFreeName(installed.path, name);
  if (!args.yes && ask === null) {
    // Without a user to ask, not even the listing is fetched.
    console.message(knownSummary(id, base));
    throw new UsageError('내려받으려면 --yes를 붙이세요. / Add --yes to download it.');
  }
  const network = new Network({ environment });
  try {
    const hub = new Hub(network, { base, token: environment['HF_TOKEN'] || undefined });
    const listing = await hub.list(id, knownModel(id)?.revision ?? 'main', signal);
    console.message(summaryOf(listing));
    if (!args.yes && !(await ask!('내려받을까요? / Download it? [y/N] '))) return 1;
    const target = { models: installed.path, name, quantisation: args.quantisation, converter, probe };
    const onProgress = (progress: Parameters<typeof progressLine>[0]): void =>
      console.progress(progressLine(progress));
    return finished((await downloadModel(hub, listing, target, { signal, onProgress })).path, console);
  } finally {
    await network.close();
  }
}

function finished(folder: string, console: Console): number {
  const name = path.basename(folder);
  console.progress('');
  console.print(folder);
  console.message(`설치했습니다. 쓰려면: / Installed. To use it: malmoi model use ${name}`);
  return 0;
}

function cancelled(console: Console, message: string): void {
  console.progress('');
  console.message(message);
}

function knownSummary(id: string, base: string): string {
  const known = knownModel(id);
  const size = known === null ? '?' : `~${megabytes(known.bytes)}`;
  return rows(id, `${base}/${id}`, size, known?.license ?? '?');
}

function summaryOf({ id, base, commit, bytes, license }: HubListing): string {
  return rows(id, `${base}/${id}/tree/${commit}`, megabytes(bytes), license ?? '?');
}

function rows(model: string, source: string, size: string, license: string): string {
  return [
    `모델 / model: ${model}`,
    `출처 / source: ${source}`,
    `크기 / size: ${size}`,
    `사용 조건 / licence: ${license}`,
  ].join('\n');
}
