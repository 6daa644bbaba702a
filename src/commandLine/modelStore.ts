/** The commands `model …`: the installed models, and the way to the commands that install one. */
import { openModelFolder } from '../model/modelFolder.ts';
import type { InstalledModel } from '../model/store/installedModels.ts';
import { KNOWN_MODELS } from '../model/store/knownModels.ts';
import { EngineUserError } from '../rpc/engineConnection.ts';
import { engineMessage } from '../errors/engineMessages.ts';
import { UserError } from '../errors/userError.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { runConvert, runDownload, runImport, type ModelInstallOptions } from './modelInstall.ts';
import { megabytes } from './modelProgress.ts';

export interface ModelStoreOptions extends ModelInstallOptions {
  readonly language: string;
  /**
   * Tells the running engine of the store to change its model; resolves to false where none runs. Rejects
   * with the engine's message.
   */
  readonly tellEngine: (name: string) => Promise<boolean>;
}

/** `args.operands` begins with the subcommand, which `readArguments` has checked. */
export async function runModel(
  args: Arguments,
  options: ModelStoreOptions,
  console: Console,
): Promise<number> {
  const { installed } = options;
  const [command, name] = [args.operands[0]!, args.operands[1] ?? ''];
  switch (command) {
    case 'import':
      return runImport(args, options, console);
    case 'convert':
      return runConvert(args, options, console);
    case 'download':
      return runDownload(args, options, console);
    case 'use':
      return use(name, options, console);
    case 'remove':
      await installed.remove(name);
      return 0;
    case 'verify':
      return verify(name, options, console);
    default:
      return list(args, options, console);
  }
}

/** Selects the model for every later engine; a running engine changes over when its indexes are complete. */
async function use(
  name: string,
  { installed, tellEngine }: ModelStoreOptions,
  console: Console,
): Promise<number> {
  await installed.select(name);
  try {
    console.message(
      (await tellEngine(name))
        ? '열린 창은 새 모델로 색인을 마치는 대로 씁니다. / Open windows use it as soon as they are indexed with it.'
        : '다음에 여는 창부터 씁니다. / Used by the windows opened from now on.',
    );
  } catch (error) {
    if (!(error instanceof EngineUserError)) throw error;
    // The model is selected all the same; the engine's message says why it does not change over.
    console.message(error.message);
  }
  return 0;
}

async function list(
  { json }: Arguments,
  { installed }: ModelStoreOptions,
  console: Console,
): Promise<number> {
  const models = await installed.list();
  if (json) {
    console.json({ path: installed.path, installed: models, known: KNOWN_MODELS });
    return 0;
  }
  for (const model of models) console.print(rowOf(model));
  console.print('\n내려받을 수 있는 모델 / models to download (malmoi model download NAME):');
  for (const { id, bytes, license, languages, note } of KNOWN_MODELS) {
    console.print(`  ${id} · ~${megabytes(bytes)} · ${license} · ${languages.join(', ')}`);
    console.print(`    ${note.ko}\n    ${note.en}`);
  }
  return 0;
}

function rowOf({ name, bytes, quantisation, license, revision, embedded, selected }: InstalledModel): string {
  const mark = selected ? '*' : ' ';
  const own = embedded ? ' · 내장 / embedded' : '';
  const details = [megabytes(bytes), ...[quantisation, license, revision].map(firstWords)].join(' · ');
  return `${mark} ${name} · ${details}${own}`;
}

/** Manifests made by hand may have long descriptions; a row has room for the beginning. */
function firstWords(text: string): string {
  const [beginning] = text.split(/[,;(]| per /);
  return beginning!.trim().slice(0, 40);
}

/** Verifies every checksum of one model, or of all; the exit code is 1 when one is wrong. */
async function verify(
  name: string,
  { installed, language }: ModelStoreOptions,
  console: Console,
): Promise<number> {
  const places =
    name === ''
      ? (await installed.list()).map(model => [model.name, model.path] as const)
      : [[name, await installed.resolve(name)] as const];
  let code = 0;
  for (const [model, place] of places)
    try {
      const { fingerprint } = await openModelFolder(place);
      console.print(`${model}\tok\t${fingerprint}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      console.print(`${model}\t${error.code}\t${error.subject}`);
      console.message(engineMessage(language, error.code, error.subject));
      code = 1;
    }
  return code;
}
