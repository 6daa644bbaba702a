/** `malmoi doctor`: looks over the installation and this machine, changes no file of anybody's, and says what to do. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { engineMessage } from '../../errors/engineMessages.ts';
import { UserError } from '../../errors/userError.ts';
import { openModelFolder } from '../../model/modelFolder.ts';
import type { Runtime } from '../../model/runtime/runtime.ts';
import type { ModelProbe } from '../../model/store/converter.ts';
import type { InstalledModels } from '../../model/store/installedModels.ts';
import type { Arguments } from '../arguments.ts';
import type { Console } from '../console.ts';
import { fine, wrong, type Check } from './check.ts';
import { checkEngine } from './engine.ts';
import { checkMachine, type MachineFacts } from './machine.ts';
import { checkFolder, checkStore } from './store.ts';

export interface DoctorPorts {
  readonly version: string;
  readonly language: string;
  readonly storePath: string;
  readonly installed: InstalledModels;
  /** Opens a model and encodes a text with it. */
  readonly probe: ModelProbe;
  /** The runtime that runs models on this machine. Rejects where there is none. */
  readonly runtime: () => Promise<RuntimeFacts>;
}

export type RuntimeFacts = Pick<Runtime, 'name' | 'version' | 'insteadOf'>;

/** 0 where nothing is wrong, 1 else. */
export async function runDoctor(args: Arguments, ports: DoctorPorts, console: Console): Promise<number> {
  const [directory] = args.operands;
  const checks = [
    fine('malmoi', ports.version),
    ...checkMachine(await machineFacts()),
    await runtimeCheck(ports),
    await modelCheck(args.model, ports),
    ...(await checkStore(ports.storePath)),
    await checkEngine(ports),
    ...(directory === undefined ? [] : [await checkFolder(ports.storePath, path.resolve(directory))]),
  ];
  const isFine = checks.every(({ state }) => state !== 'wrong');
  if (args.json) console.json({ fine: isFine, checks });
  else for (const check of checks) console.print(lineOf(check));
  return isFine ? 0 : 1;
}

const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const;

function lineOf({ name, state, found, advice }: Check): string {
  const line = `${MARKS[state]} ${name.padEnd(10)} ${found}`;
  return advice === null ? line : `${line}\n  → ${advice}`;
}

/** Which of the two runtimes: what an index takes in time depends on it. */
async function runtimeCheck({ runtime }: DoctorPorts): Promise<Check> {
  try {
    const { name, version, insteadOf } = await runtime();
    if (name === 'native') return fine('runtime', `onnxruntime ${version} (native)`);
    const why = insteadOf === null ? '' : ` (${insteadOf})`;
    return fine('runtime', `onnxruntime ${version} (WebAssembly): 색인이 더 느림 / indexing is slower${why}`);
  } catch (error) {
    return wrong(
      'runtime',
      String(error instanceof Error ? error.message : error),
      '글자로는 찾습니다. 이 컴퓨터에 맞는 패키지나 universal 패키지를 설치하세요 / keyword search goes on; install the package for this platform, or the universal one',
    );
  }
}

/** Every file of the model is checked, and the runtime opens it: what fails here would fail while indexing. */
async function modelCheck(wanted: string | null, ports: DoctorPorts): Promise<Check> {
  try {
    const folder = await openModelFolder(await ports.installed.resolve(wanted));
    const started = performance.now();
    await ports.probe(folder);
    const { name, revision, license } = folder.manifest;
    return fine('model', `${name} ${revision} (${license}), ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    const found =
      error instanceof UserError
        ? engineMessage(ports.language, error.code, error.subject)
        : String(error instanceof Error ? error.message : error);
    return wrong(
      'model',
      found,
      '글자로는 찾습니다. 다른 모델: malmoi model list, model use NAME / keyword search goes on; other models: malmoi model list, model use NAME',
    );
  }
}

async function machineFacts(): Promise<MachineFacts> {
  const { platform, arch: architecture } = process;
  return {
    node: process.versions.node,
    platform,
    architecture,
    memory: os.totalmem(),
    cores: os.availableParallelism?.() ?? os.cpus().length,
    openFiles: openFiles(),
    watches: platform === 'linux' ? await watches() : null,
  };
}

/** The report is the only place where Node tells the process's limits. */
function openFiles(): number | null {
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}

async function watches(): Promise<number | null> {
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => '');
  return text.trim() === '' ? null : Number(text);
}
