/**
 * `npm run eval -- agent [FOLDER]`: the queries of the sets through the `search` tool of `malmoi mcp`, on the documents
 * as files. The tool must rank as the engine does; and what an answer costs an agent stands beside what grep and whole
 * files cost for the same recall@5.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../../src/domain/engine.ts';
import { createEngine } from '../../src/engine/createEngine.ts';
import type { BeirSet } from '../../src/evaluation/beir.ts';
import { estimateTokens } from '../../src/mcp/answers/tokens.ts';
import { InstalledModels } from '../../src/model/store/installedModels.ts';
import { Agent } from '../mcp/agents.ts';
import { textsOf } from './peers.ts';

const DEPTH = 5;
/** So many hits are compared with the engine's. */
const COMPARED = 10;
/** Far above what they take: a cut answer is no ranking. */
const BUDGET = 40_000;

export interface AgentFigures {
  readonly documents: number;
  readonly queries: number;
  /** Queries whose hits are the engine's, in its order. */
  readonly same: number;
  readonly recall: number;
  /** Mean tokens of an answer with five passages: its text, its fields, and the files of these passages whole. */
  readonly text: number;
  readonly fields: number;
  readonly whole: number;
  readonly grep: GrepFigures;
}

/** Of what grep finds, as many files a query as have the same recall; all of them where that is less. */
interface GrepFigures {
  readonly files: number;
  readonly recall: number;
  /** Mean tokens of the matching lines of these files, and of these files whole. */
  readonly lines: number;
  readonly whole: number;
}

export async function measureAgent(name: string, set: BeirSet, root: string): Promise<AgentFigures> {
  const place = path.join(os.tmpdir(), 'malmoi-eval-agent', `${name}-${set.documents.length}`);
  const folder = path.join(place, name);
  const texts = writeNotes(folder, set);
  const store = path.join(place, 'store');
  const agent = await Agent.start([folder], store);
  try {
    await agent.indexed();
    const engine = await engineOf(store, root);
    try {
      await engine.openFolders([
        { path: folder, name, include: [], exclude: [], useIgnoreFiles: true, links: 'inside', asItIs: true },
      ]);
      await engine.lexiconReady();
      return await measured(set, texts, agent, engine, folder);
    } finally {
      await engine.close();
    }
  } finally {
    await agent.close();
  }
}

/** Each document is a file: its number, and its title as a heading. Answers their texts. */
function writeNotes(folder: string, set: BeirSet): readonly string[] {
  fs.mkdirSync(folder, { recursive: true });
  const texts = textsOf(set);
  set.documents.forEach(({ title, text }, i) => {
    const file = path.join(folder, fileOf(i));
    const content = title === '' ? `${text}\n` : `# ${title}\n\n${text}\n`;
    if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== content) fs.writeFileSync(file, content);
  });
  return texts;
}

function fileOf(i: number): string {
  return `${String(i).padStart(6, '0')}.md`;
}

/** The same one that the agent's server is or uses. */
function engineOf(store: string, root: string): Promise<Engine> {
  const model = path.join(root, 'media/model');
  return createEngine({
    storePath: store,
    modelPath: model,
    modelFixed: false,
    installed: new InstalledModels(path.join(store, 'models'), model),
    version: (JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string })
      .version,
    language: 'ko',
    programs: path.join(root, 'dist'),
    log: () => undefined,
  });
}

async function measured(
  set: BeirSet,
  texts: readonly string[],
  agent: Agent,
  engine: Engine,
  folder: string,
): Promise<AgentFigures> {
  const numbers = new Map(set.documents.map(({ id }, i) => [id, i]));
  let [same, recall, text, fields, whole] = [0, 0, 0, 0, 0];
  const greps: Grep[] = [];
  for (const { id, text: query } of set.queries) {
    const wanted = relevant(set, id, numbers);
    const { hits } = await engine.search({ folders: [folder], query, limit: COMPARED, channel: 'hybrid' });
    const full = await agent.search(query, { limit: COMPARED, tokenBudget: BUDGET });
    const asked = full.fields.hits.map(({ file, place, score }) => `${file}:${place.line} ${score}`);
    const told = hits.map(hit => `${hit.file}:${hit.line + 1} ${Math.round(hit.score * 100) / 100}`);
    if (JSON.stringify(asked) === JSON.stringify(told)) same++;
    const answer = await agent.search(query, { limit: DEPTH, tokenBudget: BUDGET });
    const found = new Set(answer.fields.hits.map(({ file }) => Number.parseInt(file, 10)));
    recall += recallOf([...found], wanted);
    whole += tokensOf([...found], file => texts[file]!);
    text += estimateTokens(answer.text);
    fields += estimateTokens(JSON.stringify(answer.fields));
    greps.push(grep(query, texts, wanted));
  }
  const count = set.queries.length;
  return {
    documents: set.documents.length,
    queries: count,
    same,
    recall: recall / count,
    text: text / count,
    fields: fields / count,
    whole: whole / count,
    grep: untilRecall(greps, texts, recall / count),
  };
}

function relevant(set: BeirSet, query: string, numbers: ReadonlyMap<string, number>): ReadonlySet<number> {
  const grades = [...(set.judgements.get(query) ?? [])].filter(([, grade]) => grade > 0);
  return new Set(grades.flatMap(([document]) => numbers.get(document) ?? []));
}

function recallOf(found: readonly number[], wanted: ReadonlySet<number>): number {
  return new Set(found.filter(document => wanted.has(document))).size / wanted.size;
}

interface Grep {
  /** Files with any of the query's words, those with most of them first: better than grep, which ranks nothing. */
  readonly files: readonly number[];
  readonly wanted: ReadonlySet<number>;
  readonly words: readonly string[];
}

/** `grep -rniE 'word|word|…'`: the words of the query of two letters or more, as they stand. */
function grep(query: string, texts: readonly string[], wanted: ReadonlySet<number>): Grep {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [])];
  const counts = texts.map((text, file) => {
    const lower = text.toLowerCase();
    return { file, count: words.filter(word => lower.includes(word)).length };
  });
  const files = counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.file - b.file)
    .map(({ file }) => file);
  return { files, wanted, words };
}

/** The least number of files a query by which grep finds as much as the five passages. */
function untilRecall(greps: readonly Grep[], texts: readonly string[], recall: number): GrepFigures {
  const mean = (value: (grep: Grep) => number): number =>
    greps.reduce((sum, each) => sum + value(each), 0) / greps.length;
  const recallWith = (files: number): number =>
    mean(each => recallOf(each.files.slice(0, files), each.wanted));
  // Recall only grows with the number of files.
  let [least, most] = [1, texts.length];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (recallWith(middle) >= recall) most = middle;
    else least = middle + 1;
  }
  const taken = (each: Grep): readonly number[] => each.files.slice(0, least);
  return {
    files: mean(each => taken(each).length),
    recall: recallWith(least),
    lines: mean(each => tokensOf(taken(each), file => matchingLines(file, texts[file]!, each.words))),
    whole: mean(each => tokensOf(taken(each), file => texts[file]!)),
  };
}

function tokensOf(files: readonly number[], textOf: (file: number) => string): number {
  return files.reduce((sum, file) => sum + estimateTokens(textOf(file)), 0);
}

/** As grep prints them: `file:line:text`. */
function matchingLines(file: number, text: string, words: readonly string[]): string {
  return text
    .split('\n')
    .flatMap((line, i) => {
      const lower = line.toLowerCase();
      return words.some(word => lower.includes(word)) ? [`${fileOf(file)}:${i + 1}:${line}`] : [];
    })
    .join('\n');
}

export function agentTable(rows: readonly (readonly [name: string, figures: AgentFigures])[]): string {
  const number = (value: number): string => Math.round(value).toLocaleString('en');
  const head =
    '| set | documents | queries | same ranking | recall@5 | text | fields | files whole | grep: files | recall | lines | files whole |\n' +
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |';
  const lines = rows.map(
    ([name, { documents, queries, same, recall, text, fields, whole, grep: beside }]) => {
      const cells = [
        name,
        number(documents),
        number(queries),
        `${same}/${queries}`,
        recall.toFixed(3),
        number(text),
        number(fields),
        number(whole),
        number(beside.files),
        beside.recall.toFixed(3),
        number(beside.lines),
        number(beside.whole),
      ];
      return `| ${cells.join(' | ')} |`;
    },
  );
  return [head, ...lines].join('\n');
}
