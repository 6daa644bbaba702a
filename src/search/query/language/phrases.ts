/**
 * Plain Korean that may say how to search (in the search form): 지난주 수정한, PDF만, 보고서 빼고, 제목에 예산, 회의 폴더에서. Only
 * whole words count, and only in these turns of phrase. A match is offered to the person and never applied by
 * itself, because the same words also stand in notes (설탕 빼고 만드는 잼, 오늘 할 일).
 */
import { dateAt, type DateSpan } from './dates.ts';
import { FORMAT_NAMES, PLAIN_FORMAT_NAMES } from './formats.ts';
import { part, type Part, type Span } from './parsedQuery.ts';

const END = String.raw`(?=$|[\s,.!?])`;
const WITHOUT = '(?:빼고|빼놓고|제외하고|말고)';
const OBJECT = '(?:들)?(?:을|를|은|는)?';
const FILE = '(?:파일|문서)(?:들)?';
const FOLDER = String.raw`폴더(?:에서만|에서|에\s?있는|\s?안에서|\s?안에\s?있는|만)`;

/** Group 1 is the word, group 2 the text after it. */
const EXCLUDED = new RegExp(
  String.raw`(\S+?)(${OBJECT}\s+${WITHOUT}|(?:을|를)?(?:빼고|제외하고))${END}`,
  'uy',
);
const FORMAT = new RegExp(
  String.raw`(?:(${FORMAT_NAMES})\s?${FILE}|(${PLAIN_FORMAT_NAMES}))` +
    String.raw`(?:(만|에서만|에서|\s?중에서)|${OBJECT}\s*(${WITHOUT}))${END}`,
  'uy',
);
const FOLDERS = new RegExp(String.raw`(\S+?)\s?(?:${FOLDER}|폴더${OBJECT}\s*(${WITHOUT}))${END}`, 'uy');
const HEADING = new RegExp(
  String.raw`제목에(?:서|만)?\s+(?:(\S+?)(?:이|가|을|를)?\s+(?:있는|들어간|들어\s?있는|들어가는|포함된|나오는)${END}` +
    String.raw`|(\S+?)${OBJECT}\s+(${WITHOUT})${END}|(\S+?)(?=[,.!?]*(?:\s|$)))`,
  'uy',
);
const VERB =
  '(?:수정|작성|변경|편집|저장|업데이트)(?:한|된|했던|됐던|하던)?|고친|고쳤던|바꾼|바꿨던|바뀐|쓴|썼던|만든|만들었던';
/** After a date: group 1 is the start, 2 the end, 3 a verb, 4 a negation. */
const CHANGED = new RegExp(
  String.raw`(?:(부터|\s?이후로?|\s?이후에)|(까지|\s?이전에?)|에만|에|\s?동안|\s?중에)?` +
    String.raw`(?:\s?(?:내가|새로|마지막으로))?\s*` +
    String.raw`(?:(${VERB})(?:\s?(?:파일|문서|글|노트|메모|것)(?:들)?(?:만|에서만|에서|\s?중에서|(?=\s*$|\s+${WITHOUT})))?` +
    String.raw`(?:\s+(${WITHOUT}))?|${WITHOUT})${END}`,
  'uy',
);

function match(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** The first of several groups that matched, with its place after `at`. */
function group(text: string, found: RegExpExecArray, ...numbers: readonly number[]): Span | null {
  for (const number of numbers) {
    const taken = found[number];
    if (taken === undefined || taken === '') continue;
    const start = text.indexOf(taken, found.index);
    return { start, end: start + taken.length };
  }
  return null;
}

const MEANING = /[\p{L}\p{N}]/u;

/** The phrase that starts at the beginning of a word; null where there is none. */
export function phraseAt(text: string, at: number, today: Date): Part | null {
  return (
    changedAt(text, at, today) ??
    formatAt(text, at) ??
    headingAt(text, at) ??
    folderAt(text, at) ??
    excludedAt(text, at)
  );
}

function changedAt(text: string, at: number, today: Date): Part | null {
  const date = dateAt(text, at, today);
  if (date === null) return null;
  const found = match(CHANGED, text, date.end);
  if (found === null) return null;
  const [whole, since, till, verb] = found;
  // "3월 1일 빼고" is about words, "지난주 빼고" about files.
  if (verb === undefined && !date.relative) return null;
  const negative =
    whole.endsWith('빼고') ||
    whole.endsWith('빼놓고') ||
    whole.endsWith('제외하고') ||
    whole.endsWith('말고');
  const value = { start: at, end: date.end };
  const modified = bounds(date.span, since, till, negative);
  const inverted = negative && (since !== undefined || till !== undefined);
  return part({
    kind: 'modified',
    start: at,
    end: date.end + whole.length,
    value,
    negative: negative && !inverted,
    modified,
  });
}

function bounds(
  span: DateSpan,
  since: string | undefined,
  till: string | undefined,
  negative: boolean,
): NonNullable<Part['modified']> {
  if (since !== undefined)
    return negative ? { from: null, before: span.from } : { from: span.from, before: null };
  if (till === undefined) return span;
  // 어제까지 includes yesterday; 어제 이전 does not.
  const limit = till === '까지' ? span.before : span.from;
  return negative ? { from: limit, before: null } : { from: null, before: limit };
}

/** A relative time with nothing around it (이번 달); the caller knows whether it may stand alone. */
export function bareDateAt(text: string, at: number, today: Date): Part | null {
  const date = dateAt(text, at, today);
  if (date === null || !date.relative || !/^(?:$|\s)/u.test(text.slice(date.end, date.end + 1))) return null;
  const value = { start: at, end: date.end };
  // A year is more often the subject of a note (작년 매출) than the time of its last change.
  if (/년|해$/u.test(text.slice(at, date.end))) return null;
  return part({ kind: 'modified', ...value, value, modified: date.span });
}

function formatAt(text: string, at: number): Part | null {
  const found = match(FORMAT, text, at);
  const value = found === null ? null : group(text, found, 1, 2);
  if (found === null || value === null) return null;
  const negative = found[4] !== undefined;
  return part({ kind: 'extension', start: at, end: at + found[0].length, value, negative });
}

function headingAt(text: string, at: number): Part | null {
  const found = match(HEADING, text, at);
  if (found === null) return null;
  const first = at + found[0].search(/\s/u);
  const value = [1, 2, 4].flatMap(number => found[number] ?? [])[0];
  if (value === undefined || !MEANING.test(value)) return null;
  const start = text.indexOf(value, first);
  const negative = found[3] !== undefined;
  return part({
    kind: 'heading',
    start: at,
    end: at + found[0].length,
    value: { start, end: start + value.length },
    negative,
    searched: !negative,
  });
}

function folderAt(text: string, at: number): Part | null {
  const found = match(FOLDERS, text, at);
  if (found === null || !MEANING.test(found[1]!)) return null;
  const value = { start: at, end: at + found[1]!.length };
  const negative = found[2] !== undefined;
  return part({ kind: 'path', start: at, end: at + found[0].length, value, negative });
}

function excludedAt(text: string, at: number): Part | null {
  const found = match(EXCLUDED, text, at);
  if (found === null || !MEANING.test(found[1]!)) return null;
  let word = found[1]!;
  const particle = /^(?:들)?(?:을|를|은|는)?/u.exec(found[2]!)![0];
  // In 가을 빼고, 가 is not the word.
  if (word.length < 2) word += particle;
  // 하지 말고 and 빼고 말고 are verbs.
  if (/(?:지|고)$/u.test(word) && found[2]!.endsWith('말고') && particle === '') return null;
  if (word.length < 2 && !/\s/u.test(found[2]!)) return null;
  const value = { start: at, end: at + word.length };
  return part({
    kind: 'phrase',
    negative: true,
    start: at,
    end: at + found[0].length,
    value,
  });
}

const BEFORE_QUOTATION = /(?:^|\s)(제목에(?:서|만)?\s+)$/u;

/** Start of the 제목에 that stands right before a quotation, after `from`. */
export function headingBefore(text: string, at: number, from: number): number | null {
  const found = BEFORE_QUOTATION.exec(text.slice(Math.max(from, at - 20), at));
  return found === null ? null : at - found[1]!.length;
}

const AFTER_EXCLUDED = new RegExp(String.raw`${OBJECT}\s*${WITHOUT}${END}`, 'uy');
const AFTER_FOLDER = new RegExp(String.raw`\s*(?:${FOLDER}|폴더${OBJECT}\s*(${WITHOUT}))${END}`, 'uy');

/** The condition that the words right after a quotation make of it: "my notes" 폴더에서, "주간 보고" 빼고. */
export function afterQuotation(
  text: string,
  at: number,
): { readonly kind: 'phrase' | 'path'; readonly negative: boolean; readonly end: number } {
  const folder = match(AFTER_FOLDER, text, at);
  if (folder !== null) return { kind: 'path', negative: folder[1] !== undefined, end: at + folder[0].length };
  const excluded = match(AFTER_EXCLUDED, text, at);
  if (excluded !== null) return { kind: 'phrase', negative: true, end: at + excluded[0].length };
  return { kind: 'phrase', negative: false, end: at };
}
