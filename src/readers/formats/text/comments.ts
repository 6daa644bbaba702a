/** Korean comments and docstrings of source code: the text stays as it is, but only they become passages. */
import type { Block, BlockedText } from '../../../text/blocks.ts';

interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings, in which no comment begins; longer ones come first. */
  readonly strings: readonly string[];
  /** Strings that are documentation where they stand alone. */
  readonly docstrings: readonly string[];
}

const C_LIKE: Syntax = { line: ['//'], block: [['/*', '*/']], strings: ['"', "'", '`'], docstrings: [] };
const PYTHON: Syntax = { line: ['#'], block: [], strings: ['"', "'"], docstrings: ['"""', "'''"] };
const SHELL: Syntax = { line: ['#'], block: [], strings: ['"', "'"], docstrings: [] };
const SQL: Syntax = { line: ['--'], block: [['/*', '*/']], strings: ["'", '"'], docstrings: [] };
const RUBY: Syntax = { line: ['#'], block: [['=begin', '=end']], strings: ['"', "'"], docstrings: [] };
const PHP: Syntax = { ...C_LIKE, line: ['//', '#'] };
const MARKUP: Syntax = { line: [], block: [['<!--', '-->']], strings: [], docstrings: [] };
const LUA: Syntax = { line: ['--'], block: [['--[[', ']]']], strings: ['"', "'"], docstrings: [] };

export const SOURCE_SYNTAXES: readonly (readonly [extensions: readonly string[], syntax: Syntax])[] = [
  [
    [
      '.js .mjs .cjs .jsx .ts .mts .cts .tsx .java .kt .kts .scala .c .h .cc .cpp .cxx .hpp .cs .go .rs .swift',
      '.dart .groovy .css .scss .less',
    ].flatMap(names => names.split(' ')),
    C_LIKE,
  ],
  [['.py', '.pyi'], PYTHON],
  [['.sh', '.bash', '.zsh', '.r', '.pl', '.ps1'], SHELL],
  [['.sql'], SQL],
  [['.rb'], RUBY],
  [['.php'], PHP],
  [['.vue', '.svelte'], MARKUP],
  [['.lua'], LUA],
];

const HANGUL = /[가-힣]/u;

export function blocksOfComments(text: string, syntax: Syntax): BlockedText {
  const blocks: Block[] = [];
  const add = (start: number, end: number): void => {
    const last = blocks.at(-1);
    const comment = text.slice(start, end);
    // Line comments on consecutive lines are one comment.
    if (last !== undefined && /^[^\S\n]*\r?\n[^\S\n]*$/u.test(text.slice(last.end, start)))
      blocks[blocks.length - 1] = { ...last, end };
    else if (comment.trim() !== '') blocks.push({ kind: 'paragraph', start, end, headings: [] });
  };
  for (let at = 0; at < text.length;) {
    const comment = commentAt(text, at, syntax);
    if (comment !== null) {
      add(at, comment.end);
      at = Math.max(at + 1, comment.end);
    } else at = afterString(text, at, syntax) ?? at + 1;
  }
  const korean = blocks.filter(({ start, end }) => HANGUL.test(text.slice(start, end)));
  return { blocks: korean, title: null, tags: [], keywords: [], fields: 0 };
}

function commentAt(text: string, at: number, syntax: Syntax): { readonly end: number } | null {
  for (const [open, close] of syntax.block)
    if (text.startsWith(open, at)) return { end: endAfter(text, close, at + open.length) };
  for (const quote of syntax.docstrings)
    if (text.startsWith(quote, at)) return { end: endAfter(text, quote, at + quote.length) };
  for (const mark of syntax.line)
    if (text.startsWith(mark, at)) {
      const end = text.indexOf('\n', at);
      return { end: end === -1 ? text.length : text[end - 1] === '\r' ? end - 1 : end };
    }
  return null;
}

function endAfter(text: string, close: string, from: number): number {
  const end = text.indexOf(close, from);
  return end === -1 ? text.length : end + close.length;
}

/** The end of the string that begins here; a string ends with its line, except between backticks. */
function afterString(text: string, at: number, { strings }: Syntax): number | null {
  const quote = text[at]!;
  if (!strings.includes(quote)) return null;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === '\n' && quote !== '`') return i;
  }
  return text.length;
}
