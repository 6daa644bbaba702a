/** The commands about a folder: `index`, `search` and `status`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../domain/engine.ts';
import type { EngineStatus, ModelTransition } from '../domain/engineStatus.ts';
import type { FolderOptions } from '../domain/folder.ts';
import { RelevanceFeedback } from '../workspace/feedback/relevanceFeedback.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { delay } from '../rpc/startEngine.ts';
import { jsonOf, linesOf } from './hitSaid.ts';
import { linesOfQuery } from './querySaid.ts';
import { createEngine, type EngineOptions } from '../engine/createEngine.ts';
import { UsageError } from './usage.ts';
import { watchFolders } from './watchFolders.ts';
import { visible } from '../text/visible.ts';

/** Links out of the folder are followed only where the user asks for it. */
export function folderOf(directory: string, { followSymlinks }: Arguments): FolderOptions {
  const absolute = path.resolve(directory);
  const links = followSymlinks === null ? 'inside' : followSymlinks ? 'everywhere' : 'none';
  const name = path.basename(absolute);
  return { path: absolute, name, include: [], exclude: [], useIgnoreFiles: true, links };
}

async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true;
}

export async function runIndex(args: Arguments, options: EngineOptions, console: Console): Promise<number> {
  const folder = folderOf(args.operands[0]!, args);
  const engine = await createEngine(options);
  try {
    const status = await updated(engine, folder, now => console.progress(progressOf(now)));
    console.progress('');
    if (args.json) console.json(status);
    else console.print(summaryOf(status));
    if (!args.watch) return 0;
    console.message('변경을 지켜봅니다. Ctrl+C로 멈춥니다. / Watching for changes; Ctrl+C stops.');
    const watching = watchFolders([folder.path], paths => engine.filesChanged(paths));
    await new Promise<void>(resolve => process.once('SIGINT', resolve));
    watching.dispose();
    return 0;
  } finally {
    await engine.close();
  }
}

export async function runSearch(args: Arguments, options: EngineOptions, console: Console): Promise<number> {
  const [directory, query] = args.operands as readonly [string, string];
  if (args.glossary !== null && !(await isFile(args.glossary)))
    throw new UsageError(`--glossary: 읽을 수 없는 파일입니다 / cannot be read: ${args.glossary}`);
  const glossary = args.glossary === null ? {} : { glossary: path.resolve(args.glossary) };
  const folder = { ...folderOf(directory, args), ...glossary };
  const engine = await createEngine(options);
  try {
    await engine.openFolders([{ ...folder, asItIs: true }]);
    const { passages, waiting, pending } = await whenRead(engine);
    // Files that are waiting are found by their names.
    const hasTeams = ((await options.teams?.().catch(() => [])) ?? []).length > 0;
    if (passages === 0 && waiting === 0 && !hasTeams)
      throw new UsageError(
        `아직 색인이 없습니다. 먼저 malmoi index ${directory} 를 실행하세요. / No index yet: run malmoi index first.`,
      );
    await engine.lexiconReady();
    const { channel, k, filter } = args;
    const folders = [folder.path];
    const result = await engine.search({ folders, query, limit: k, channel, floor: 0, filter });
    if (waiting > 0) console.message(`아직 색인 중인 파일 / files still being indexed: ${waiting}`);
    if (pending > 0)
      console.message(`아직 글자로만 찾는 파일 / files found only by keyword so far: ${pending}`);
    if (result.notice !== null) console.message(result.notice);
    for (const line of linesOfQuery(query, result)) console.message(line);
    const hits = args.far ? [...result.hits, ...result.further] : result.hits;
    if (args.json) console.json(hits.map(hit => jsonOf(hit, args.explain)));
    else for (const hit of hits) console.print(linesOf(hit, args.explain));
    return hits.length === 0 ? 1 : 0;
  } finally {
    await engine.close();
  }
}

/** Brings a folder's index up to date; rejects with the engine's problem. */
async function updated(
  engine: Engine,
  folder: FolderOptions,
  onStatus: (status: EngineStatus) => void,
): Promise<EngineStatus> {
  const listening = engine.onStatus(onStatus);
  try {
    await engine.openFolders([folder]);
    await engine.updateFolder(folder.path);
  } finally {
    listening.dispose();
  }
  const status = await engine.status();
  if (status.activity === 'failed') throw new Error(status.problem ?? 'indexing failed');
  return status;
}

/** Milliseconds that a search waits while another process indexes its folder. */
const INDEXING_WAIT = 10_000;
const POLL = 100;

/**
 * Uses the index as it is. Where another process is just filling it, the search waits for the lexical terms
 * of all files if that doesn't take long; vectors may come later.
 */
async function whenRead(engine: Engine): Promise<{ passages: number; waiting: number; pending: number }> {
  for (const limit = performance.now() + INDEXING_WAIT; ; await delay(POLL)) {
    const { activity, passages, done, read, total, secondsLeft } = await engine.status();
    const isReading = activity === 'scanning' || (activity === 'indexing' && read < total);
    const left = limit - performance.now();
    if (!isReading || left <= 0 || (secondsLeft ?? 0) * 1000 > left)
      return {
        passages,
        waiting: isReading ? total - read : 0,
        pending: activity === 'indexing' ? read - done : 0,
      };
  }
}

export async function runStatus(args: Arguments, options: EngineOptions, console: Console): Promise<number> {
  const folder = folderOf(args.operands[0]!, args);
  const engine = await createEngine(options);
  try {
    await engine.openFolders([{ ...folder, asItIs: true }]);
    const status = await engine.status();
    const rows = await engine.ledger();
    const files = rows.map(({ path: file, state, reason, passages }) => ({
      path: file,
      state,
      reason,
      passages,
    }));
    const counts = { indexed: 0, skipped: 0, failed: 0, waiting: 0 };
    for (const row of rows) counts[row.state]++;
    const { model, switching, passages, bytes } = status;
    const feedback = (await new RelevanceFeedback(options.storePath).read(folder.path)).length;
    if (args.json) {
      const change = switching === null ? {} : { switching };
      console.json({ counts, model, ...change, passages, bytes, feedback, files });
    } else {
      console.print(summaryOf(status));
      if (feedback > 0) console.print(`표시한 결과 / hits marked: ${feedback}`);
      if (switching !== null) console.print(switchingLine(switching));
      for (const row of rows)
        if (row.state !== 'indexed' || row.reason !== null)
          console.print(
            `${row.state}\t${row.reason ?? ''}\t${visible(row.path)}${row.detail === null ? '' : `\t${visible(row.detail)}`}`,
          );
    }
    return 0;
  } finally {
    await engine.close();
  }
}

function progressOf(status: EngineStatus): string {
  const { activity, done, read, total, tokensPerSecond, secondsLeft, model } = status;
  if (activity !== 'indexing') return '';
  const left = secondsLeft === null ? '' : ` · ${secondsLeft} s`;
  const letters = `글자/letters ${read}/${total}`;
  if (model === null) return `${letters}${left}`;
  const speed = tokensPerSecond > 0 ? ` · ${tokensPerSecond} tok/s` : '';
  return `${letters} · 뜻/meaning ${done}/${total}${speed}${left}`;
}

function summaryOf({ documents, passages, skipped, failed, bytes, model }: EngineStatus): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `문서 ${documents} · 문단 ${passages} · 건너뜀 ${skipped} · 실패 ${failed} · ${size} · ${model?.name ?? '-'}`;
}

function switchingLine({ name, done, total, secondsLeft }: ModelTransition): string {
  const left = secondsLeft === null ? '' : ` · ${secondsLeft} s`;
  return `모델을 바꾸는 중 / changing the model: ${name} · ${done}/${total}${left}`;
}
