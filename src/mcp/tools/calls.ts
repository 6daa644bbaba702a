/** The calls of the tools: from arguments to a request to the engine, and to the answer. */
import type * as z from 'zod/v4';
import type { DocumentRequest, DocumentText } from '../../domain/document.ts';
import type { Explanation } from '../../domain/explanation.ts';
import type { SearchResult } from '../../domain/search.ts';
import { AgentError } from '../agentError.ts';
import type { Answer } from '../answers/answer.ts';
import { readCursor, type Question } from '../answers/cursor.ts';
import { answerExplain, type ExplainFields } from '../answers/explainAnswer.ts';
import { answerOutline, type OutlineFields } from '../answers/outlineAnswer.ts';
import { readPassageName, type PassageName } from '../answers/passageId.ts';
import { answerPassages, passageAt, type PassagesFields } from '../answers/passagesAnswer.ts';
import { quotedLine } from '../answers/quotation.ts';
import { answerRelated } from '../answers/relatedAnswer.ts';
import { answerSearch, type HitsFields } from '../answers/searchAnswer.ts';
import { answerStatus, type StatusFields } from '../answers/statusAnswer.ts';
import type { IndexedFile } from '../openFolders.ts';
import { uriOf } from '../resources.ts';
import { filterOf } from './filters.ts';
import type { Inputs } from './inputs.ts';
import type { Call, Progress } from './register.ts';

type Args<K extends keyof Inputs> = z.infer<z.ZodObject<Inputs[K]>>;

export function callSearch(
  args: Args<'search'>,
  call: Call,
  progress: Progress,
): Promise<Answer<HitsFields>> {
  const { query, filters = {}, limit, includeWeak, tokenBudget, cursor } = args;
  if (query.trim() === '') throw new AgentError({ code: 'emptyQuery' });
  const folders = call.desk.folders.named(filters.folder).map(({ path }) => path);
  const question = ['search', query, filters, includeWeak];
  const request = { query, folders, filter: filterOf(filters), plain: false, withWeak: includeWeak };
  const page = { limit, tokens: tokenBudget, offset: offsetOf(question, cursor) };
  const onLexical = (result: SearchResult): void => progress(1, 2, lexicalText(result, call));
  return answerSearch({ ...request, ...page }, question, { ...call, onLexical });
}

function lexicalText({ hits, total }: SearchResult, { say, labelOf }: Call): string {
  const files = [...new Set(hits.map(hit => `${labelOf(hit.folder)}/${hit.file}`))].slice(0, 3);
  const named = files.map(file => JSON.stringify(quotedLine(file))).join(', ');
  if (hits.length === 0)
    return say('글자로 찾은 것 없음, 뜻으로 찾는 중', 'Nothing by keyword; searching by meaning');
  return say(`글자로 ${total}개: ${named}`, `${total} by keyword: ${named}`);
}

/** Throws an `AgentError`. */
function offsetOf(question: Question, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = readCursor(question, cursor);
  if (offset === null) throw new AgentError({ code: 'unknownCursor' });
  return offset;
}

/** Resolves a passage id or a file name. Throws an `AgentError`. */
async function namedIn(
  {
    id,
    file,
    folder,
  }: {
    readonly id?: string | undefined;
    readonly file?: string | undefined;
    readonly folder?: string | undefined;
  },
  { desk, engine, signal }: Call,
): Promise<{ readonly found: IndexedFile; readonly passage: PassageName | null }> {
  const passage = id === undefined ? null : readPassageName(id);
  if (id !== undefined && passage === null) throw new AgentError({ code: 'unknownId', id });
  const name = passage?.file ?? file;
  if (name === undefined) throw new AgentError({ code: 'nothingNamed' });
  const found = await desk.folders.find(engine, name, folder, signal);
  return { found, passage };
}

function withText(found: IndexedFile, { desk }: Call): IndexedFile {
  if (found.passages.length === 0)
    throw new AgentError({
      code: 'notIndexed',
      name: found.name,
      uri: uriOf(desk.folders.labelOf(found.folder), found.file),
    });
  return found;
}

function documentOf({ folder, file }: IndexedFile, { engine, signal }: Call): () => Promise<DocumentText> {
  return () => engine.document({ folder, file }, { signal });
}

export async function callReadPassage(
  args: Args<'readPassage'>,
  call: Call,
): Promise<Answer<PassagesFields>> {
  const { found, passage } = await namedIn(args, call);
  const file = withText(found, call);
  const { line, page, slide, sheet, section, neighbours, tokenBudget } = args;
  const wanted = passage === null ? { line, page, slide, sheet, section } : { start: passage.start };
  const at = await passageAt(file, wanted, documentOf(file, call));
  return answerPassages({ file, at, neighbours, tokens: tokenBudget, hash: passage?.hash ?? null }, call);
}

export async function callOutline(args: Args<'outline'>, call: Call): Promise<Answer<OutlineFields>> {
  const { found } = await namedIn(args, call);
  const file = withText(found, call);
  const question = ['outline', file.folder, file.file];
  return answerOutline(
    file,
    { tokens: args.tokenBudget, offset: offsetOf(question, args.cursor), question },
    call,
  );
}

export async function callRelated(
  args: Args<'related'>,
  call: Call,
  progress: Progress,
): Promise<Answer<HitsFields>> {
  const { found, passage } = await namedIn(args, call);
  const file = withText(found, call);
  const at =
    passage === null ? null : await passageAt(file, { start: passage.start }, documentOf(file, call));
  const question = ['related', file.folder, file.file, at];
  const { limit, tokenBudget: tokens, cursor } = args;
  const folders = call.desk.folders.paths;
  const request = { file, at, folders, limit, tokens, offset: offsetOf(question, cursor) };
  const onSearched = (done: number, of: number): void => progress(done, of, `${done}/${of}`);
  return answerRelated(request, question, { ...call, onSearched });
}

export async function callExplain(args: Args<'explain'>, call: Call): Promise<Answer<ExplainFields>> {
  const { engine, signal, desk } = call;
  const { query, filters = {} } = args;
  if (query.trim() === '') throw new AgentError({ code: 'emptyQuery' });
  const folders = desk.folders.named(filters.folder).map(({ path }) => path);
  const asked = { query, folders, filter: filterOf(filters), channel: 'hybrid' } as const;
  const explain = async ({ folder, file }: DocumentRequest): Promise<Explanation> => {
    const told = await engine.explain({ ...asked, folder, file }, { signal });
    return { ...told, isFiltered: told.isFiltered || !folders.includes(folder) };
  };
  const { request, explanation } = await explained(args, call, explain);
  // Contributions refer to query words by number, so the words are needed.
  const { words } = await engine.search({ ...asked, limit: 1 }, { signal });
  return answerExplain({ ...request, words }, explanation, call);
}

/** A file that is in no list may still have a reason: its format is not read, or a rule leaves its folder out. */
async function explained(
  args: Args<'explain'>,
  call: Call,
  explain: (request: DocumentRequest) => Promise<Explanation>,
): Promise<{ readonly request: DocumentRequest; readonly explanation: Explanation }> {
  try {
    const { found } = await namedIn(args, call);
    const request = { folder: found.folder, file: found.file };
    return { request, explanation: await explain(request) };
  } catch (error) {
    if (!(error instanceof AgentError) || error.problem.code !== 'unknownFile') throw error;
    const request = call.desk.folders.meant(error.problem.name, args.folder);
    if (request === null) throw error;
    const explanation = await explain(request);
    if (explanation.exclusion === null && explanation.isReadable) throw error;
    return { request, explanation };
  }
}

export async function callStatus({
  engine,
  signal,
  desk,
  say,
  indexing,
}: Call): Promise<Answer<StatusFields>> {
  const [status, ledger] = await Promise.all([engine.status({ signal }), engine.ledger({ signal })]);
  return answerStatus(status, await indexing(), ledger, desk.folders.all, say);
}
