/** `malmoi team push DIR --to NAME`: a folder's documents into a team's index. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import type { FolderOptions } from '../../domain/folder.ts';
import { EncoderPool } from '../../model/encoderPool.ts';
import { openModelFolder, type ModelFolder } from '../../model/modelFolder.ts';
import { writeWhole } from '../../model/wholeFile.ts';
import { ReaderThread } from '../../readers/readerThread.ts';
import { openClient } from '../../team/client/openClient.ts';
import type { TeamIndex } from '../../team/client/teamIndexes.ts';
import { beginIndex, SourceTakenError, switchWhenComplete } from '../../team/push/beginIndex.ts';
import type { PushPorts } from '../../team/push/filePusher.ts';
import { EmptyFolderError, pushFolder, type PushProgress } from '../../team/push/pushFolder.ts';
import type { KnownFile } from '../../team/push/serverState.ts';
import { encoderPlan, readerThreads } from '../../workspace/indexing/encoderPlan.ts';
import { indexFingerprint, rulesOf } from '../../workspace/models/modelHost.ts';
import type { Arguments } from '../arguments.ts';
import type { Console } from '../console.ts';
import { folderOf } from '../folderCommands.ts';
import { interruptible } from '../interrupt.ts';
import { UsageError } from '../usage.ts';
import { accessNamed, isTeamName } from './teamServers.ts';
import { watchPush } from './watchPush.ts';

export interface TeamOptions {
  readonly storePath: string;
  readonly modelPath: string;
  /** Folder of the built programs. */
  readonly programs: string;
  readonly language: string;
}

/** A watcher goes on when the server comes back, however long that takes. */
const WATCH_PATIENCE = 24 * 60 * 60_000;

export async function teamModel({
  modelPath,
}: TeamOptions): Promise<{ readonly folder: ModelFolder; readonly fingerprint: string }> {
  const folder = await openModelFolder(modelPath);
  return { folder, fingerprint: indexFingerprint(folder.manifest) };
}

export async function runPush(
  args: Arguments,
  directory: string,
  options: TeamOptions,
  console: Console,
): Promise<number> {
  const { to } = args.team;
  if (to === null) throw new UsageError('team push DIR --to NAME');
  const access = await accessNamed(to);
  const folder = folderOf(directory, args);
  const source = args.team.source ?? folder.name;
  if (!isTeamName(source))
    throw new UsageError(
      `--source: 글자, 숫자, . _ - 만 쓸 수 있습니다 / letters, digits, . _ - only: ${source}`,
    );
  const model = await teamModel(options);
  const client = await openClient(access);
  const ports = openPorts(model.folder, options);
  const cancelled = (): void =>
    console.message('그만두었습니다. 다시 실행하면 이어집니다. / Stopped; run it again to go on.');
  try {
    return await interruptible(async signal => {
      const team = access.index ?? to;
      const index = await begin(args, { client, team, folder, source, model, ports, signal }, options);
      const push = { client, team, folder, source, index, ports, signal };
      const skipped = new Map<string, KnownFile>();
      if (!args.watch) await pushOnce(args, push, console, skipped);
      else
        await watchPush({
          folder: folder.path,
          push: () => pushOnce(args, push, console, skipped, WATCH_PATIENCE),
          say: line => console.message(line),
          signal,
        });
      return 0;
    }, cancelled);
  } catch (error) {
    if (error instanceof SourceTakenError)
      throw new UsageError(
        `다른 사람이 같은 이름(${source})으로 올리고 있습니다. --source 로 다른 이름을 쓰거나, 넘겨받았다면 --take-over 를 붙이세요. / ` +
          `Somebody else pushes a folder called ${source}: choose another --source, or --take-over.`,
      );
    if (error instanceof EmptyFolderError)
      throw new UsageError(
        `폴더가 비어 있어 아무것도 지우지 않았습니다. 디스크가 연결되어 있나요? 정말 지우려면 malmoi team forget ${to} ${source} / ` +
          'The folder is empty and nothing was removed: is its disk there?',
      );
    throw error;
  } finally {
    await ports.close();
    void client.close();
  }
}

interface Push {
  readonly client: Client;
  readonly team: string;
  readonly folder: FolderOptions;
  readonly source: string;
  readonly index: TeamIndex;
  readonly ports: PushPorts;
  readonly signal: AbortSignal;
}

async function begin(
  { team: { plainTerms, takeOver, shards, replicas } }: Arguments,
  { model, ...push }: Omit<Push, 'index'> & { readonly model: Awaited<ReturnType<typeof teamModel>> },
  { storePath }: TeamOptions,
): Promise<TeamIndex> {
  return beginIndex({
    ...push,
    owner: await installationId(storePath),
    takesOver: takeOver,
    manifest: model.folder.manifest,
    fingerprint: model.fingerprint,
    plainTerms,
    layout: { shards, replicas },
  });
}

async function pushOnce(
  args: Arguments,
  { team, ...push }: Push,
  console: Console,
  skipped: Map<string, KnownFile>,
  patience?: number,
): Promise<void> {
  const started = performance.now();
  let said: string | null = null;
  const onProgress = (progress: PushProgress): void => {
    console.progress(progressOf(progress, performance.now() - started));
    const waiting = progress.waitingFor?.message ?? null;
    if (waiting !== said && waiting !== null)
      console.message(`서버를 기다립니다 / waiting for the server: ${waiting}`);
    said = waiting;
  };
  const own = patience === undefined ? {} : { patience };
  const result = await pushFolder({ ...push, ...own, skipped, onProgress });
  console.progress('');
  const { index, missing } = await switchWhenComplete(push.client, team, push.index);
  const seconds = (performance.now() - started) / 1_000;
  if (args.json) console.json({ ...result, seconds, index: push.index.name, searched: index, missing });
  else
    console.print(
      `문서 ${result.done} · 문단 ${result.passages} (모델이 읽음 ${result.encoded}) · 지움 ${result.removed} · 건너뜀 ${result.skipped} · 실패 ${result.failed} · ${seconds.toFixed(1)} s → ${push.index.name}`,
    );
  if (index !== push.index.name)
    console.message(
      `팀은 아직 ${index} 에서 찾습니다. 이 모델로 올리지 않은 폴더: ${missing.join(', ')}. 모두 올리거나 malmoi team switch --force 로 바꾸세요. / ` +
        `The team still searches ${index}: these folders were not pushed with this model yet.`,
    );
}

function openPorts(
  folder: ModelFolder,
  { programs }: TeamOptions,
): PushPorts & { readonly close: () => Promise<void> } {
  const encoder = new EncoderPool(
    path.join(programs, 'modelWorker.js'),
    folder,
    encoderPlan(folder.manifest),
  );
  const data = { folder, rules: rulesOf(folder.manifest) };
  const reader = new ReaderThread(path.join(programs, 'readers', 'worker.mjs'), data, readerThreads());
  return {
    read: (request, signal) => reader.read(request, signal),
    encode: (batch, signal) => encoder.encode(batch, signal),
    close: async () => {
      await Promise.all([encoder.close(), reader.close()]);
    },
  };
}

/** Identifies the installation that pushes a source; it has no other use. */
async function installationId(storePath: string): Promise<string> {
  const file = path.join(storePath, 'installation.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const known = v.safeParse(v.object({ id: v.string() }), parsed(text));
  if (known.success) return known.output.id;
  const id = randomUUID();
  await mkdir(storePath, { recursive: true });
  await writeWhole(file, JSON.stringify({ id }));
  return id;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function progressOf(progress: PushProgress, milliseconds: number): string {
  const { done, skipped, failed, total, passages, tokens, waitingFor } = progress;
  const speed = Math.round(tokens / (milliseconds / 1_000));
  const waiting = waitingFor === null ? '' : ` · 서버를 기다림 / waiting (${waitingFor.state})`;
  return `${done + skipped + failed}/${total} · 문단 ${passages} · ${speed} tok/s${waiting}`;
}
