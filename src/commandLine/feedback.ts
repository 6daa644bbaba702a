/** The commands `feedback export` and `feedback clear`: the user's marks, as a set that `eval` measures. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { feedbackSet, type SetPassage } from '../evaluation/feedbackSet.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import { writeWhole } from '../model/wholeFile.ts';
import { ReaderThread } from '../readers/readerThread.ts';
import { RelevanceFeedback } from '../workspace/feedback/relevanceFeedback.ts';
import { listFiles } from '../workspace/indexing/listing.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import type { ModelCommandOptions } from './modelCommands.ts';
import { teamOperand } from './team/teamOperand.ts';
import { UsageError } from './usage.ts';

export async function runFeedback(
  args: Arguments,
  options: Pick<ModelCommandOptions, 'storePath' | 'modelPath'> & { readonly programs: string },
  console: Console,
): Promise<number> {
  const [action, directory, out] = args.operands as readonly [string, string, string];
  const team = teamOperand(directory);
  if (team !== null && action !== 'clear')
    throw new UsageError(
      `팀의 문서에 한 표시는 지울 수만 있습니다 / marks on a team’s documents can only be cleared: ${directory}`,
    );
  const folder = team ?? path.resolve(directory);
  const book = new RelevanceFeedback(options.storePath);
  if (action === 'clear') {
    const count = await book.clear(folder);
    if (args.json) console.json({ cleared: count });
    else console.message(`평가 ${count}개를 지웠습니다. / ${count} judgements cleared.`);
    return 0;
  }
  const target = path.resolve(out);
  if ((await readdir(target).catch(() => [])).length > 0)
    throw new UsageError(`빈 폴더가 아닙니다 / not an empty folder: ${target}`);
  const said = await book.read(folder);
  if (!said.some(({ verdict }) => verdict === 'relevant')) {
    console.message(
      '관련 있음으로 표시한 결과가 아직 없습니다. / No result has been marked as relevant yet.',
    );
    return 1;
  }
  const set = feedbackSet(await passagesIn(folder, options, console), said);
  await mkdir(path.join(target, 'qrels'), { recursive: true });
  await writeWhole(path.join(target, 'corpus.jsonl'), set.corpus);
  await writeWhole(path.join(target, 'queries.jsonl'), set.queries);
  await writeWhole(path.join(target, 'qrels', 'test.tsv'), set.qrels);
  const { documents, queries, judgements } = set.counts;
  if (args.json) console.json(set.counts);
  else
    console.message(
      `문단 ${documents} · 질의 ${queries} · 평가 ${judgements}: ${target} / passages, queries, judgements`,
    );
  return 0;
}

/** The folder's current passages, read as they are for the index. */
async function passagesIn(
  folder: string,
  { modelPath, programs }: { readonly modelPath: string; readonly programs: string },
  console: Console,
): Promise<SetPassage[]> {
  const model = await openModelFolder(modelPath);
  const [minTokens, maxTokens] = model.manifest.recommendedPassageTokens;
  const data = { folder: model, rules: { minTokens, maxTokens } };
  const reader = new ReaderThread(path.join(programs, 'readers', 'worker.mjs'), data);
  const options = { include: [], exclude: [], useIgnoreFiles: true };
  const { files } = await listFiles(folder, options, new AbortController().signal);
  const found: SetPassage[] = [];
  for (const [at, { path: file, ignored }] of files.entries()) {
    if (ignored) continue;
    const request = { file: path.join(folder, file), path: file, knownHash: null };
    const answer = await reader.read(request).catch(() => null);
    if (answer?.result === 'passages')
      for (const { headings, text } of answer.passages)
        // A file that is found only by its name has no text, and documents of a set need one.
        if (text !== '' || headings.length > 0) found.push({ file, headings, text });
    console.progress(`${at + 1}/${files.length}`);
  }
  console.progress('');
  await reader.close();
  return found;
}
