/** The command `malmoi why DIR FILE QUERY`: why a file is, or is not, among the hits of a query. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../domain/engine.ts';
import type { ExplainRequest } from '../domain/explanation.ts';
import { createEngine, type EngineOptions } from '../engine/createEngine.ts';
import { pathInside } from '../platform/pathInside.ts';
import { languageOf, sayIn } from '../wording/language.ts';
import { whyReasons } from '../wording/whyReasons.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { folderOf } from './folderCommands.ts';
import { jsonOf, linesOf } from './hitSaid.ts';
import { teamOperand } from './team/teamOperand.ts';
import { UsageError } from './usage.ts';

/** The exit code is 1 where the file is not among the hits. */
export async function runWhy(args: Arguments, options: EngineOptions, console: Console): Promise<number> {
  const [directory, named, query] = args.operands as readonly [string, string, string];
  const team = teamOperand(directory);
  if (team !== null)
    return explained({ folders: [], folder: team, file: named, query }, args, options, console);
  const folder = folderOf(directory, args);
  const isThere = await stat(folder.path).catch(() => null);
  if (isThere?.isDirectory() !== true) throw new UsageError(`폴더가 아닙니다 / not a folder: ${directory}`);
  const file = pathInside(folder.path, path.resolve(folder.path, named)) ?? named;
  const asked = { folders: [folder.path], folder: folder.path, file, query };
  // The folder is compared with the disk, so that the current rules explain a file that was left out.
  return explained(asked, args, options, console, async engine => {
    await engine.openFolders([folder]);
    await engine.updateFolder(folder.path);
    await engine.lexiconReady();
  });
}

async function explained(
  asked: Pick<ExplainRequest, 'folders' | 'folder' | 'file' | 'query'>,
  { channel, filter, json }: Arguments,
  options: EngineOptions,
  console: Console,
  prepare: (engine: Engine) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const engine = await createEngine(options);
  try {
    await prepare(engine);
    const explanation = await engine.explain({ ...asked, channel, filter });
    const { best, rank, threshold } = explanation;
    const isShown = best !== null && best.score >= threshold && explanation.hiddenBy.length === 0;
    if (json) console.json({ ...explanation, best: best === null ? null : jsonOf(best, true) });
    else {
      for (const reason of whyReasons(explanation, sayIn(languageOf(options.language))))
        console.print(`- ${reason}`);
      if (best !== null) console.print(linesOf(best, true));
    }
    return isShown && rank !== null ? 0 : 1;
  } finally {
    await engine.close();
  }
}
