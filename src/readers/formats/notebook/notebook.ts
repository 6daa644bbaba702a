/** Jupyter notebooks (`.ipynb`, nbformat 3 and 4) as one Markdown text: cells in order, code and outputs in fences. */
import { blocksOfMarkdown } from '../../../text/markdown.ts';
import { decodeText } from '../../decode.ts';
import type { Place, ReadOptions, ReadResult } from '../../readers.ts';
import { guarded, ProblemError } from '../problem.ts';

const MAX_TEXT = 16 * 1024 * 1024;
/** Maximum of a cell's printed output: logs of training are longer than all other text and repeat themselves. */
const MAX_OUTPUT = 20_000;

interface Cell {
  readonly [key: string]: unknown;
}

export const readNotebook = guarded((bytes: Uint8Array, options: ReadOptions): ReadResult => {
  const decoded = decodeText(bytes, options.encoding);
  if ('problem' in decoded) return decoded;
  const notebook = parsed(decoded.text);
  const language = languageOf(notebook);
  let text = '';
  const places: Place[] = [];
  let isCut = false;
  cellsOf(notebook).forEach((cell, i) => {
    const said = cellText(cell, language);
    if (said.trim() === '' || isCut) return;
    isCut = text.length + said.length > MAX_TEXT;
    if (isCut) return;
    places.push({ start: text.length, location: { kind: 'section', section: i + 1, paragraph: 1 } });
    text += `${said.trimEnd()}\n\n`;
  });
  if (places[0]?.start !== 0)
    places.unshift({ start: 0, location: { kind: 'section', section: 1, paragraph: 1 } });
  const { encoding, replaced } = decoded;
  return { text, markup: 'markdown', places, encoding, replaced, isCut, ...blocksOfMarkdown(text) };
});

function parsed(text: string): Cell {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProblemError('damaged', 'no JSON');
  }
  if (!isObject(value) || !(Array.isArray(value['cells']) || Array.isArray(value['worksheets'])))
    throw new ProblemError('damaged', 'no notebook');
  return value;
}

/** Version 3 had sheets of cells. */
function cellsOf(notebook: Cell): readonly Cell[] {
  const sheets = listOf(notebook['worksheets']).flatMap(sheet => listOf(sheet['cells']));
  return [...listOf(notebook['cells']), ...sheets];
}

function languageOf(notebook: Cell): string {
  const metadata = isObject(notebook['metadata']) ? notebook['metadata'] : {};
  const spec = isObject(metadata['kernelspec']) ? metadata['kernelspec']['language'] : '';
  return typeof spec === 'string' && /^[\w+#-]+$/u.test(spec) ? spec : '';
}

function cellText(cell: Cell, language: string): string {
  const source = stringOf(cell['source'] ?? cell['input']);
  const type = cell['cell_type'];
  if (type === 'markdown' || type === 'raw') return source;
  if (type === 'heading')
    return `${'#'.repeat(Math.min(6, Math.max(1, Number(cell['level']) || 1)))} ${source}`;
  const outputs = listOf(cell['outputs'])
    .map(outputText)
    .filter(output => output.trim() !== '');
  return [fenced(source, language), ...outputs.map(output => fenced(output.slice(0, MAX_OUTPUT), ''))].join(
    '\n\n',
  );
}

/** Output that was printed, shown as text or raised; pictures and the markup of charts are not text. */
function outputText(output: Cell): string {
  if (output['output_type'] === 'error' || output['output_type'] === 'pyerr')
    return `${stringOf(output['ename'])}: ${stringOf(output['evalue'])}`;
  const data = isObject(output['data']) ? output['data'] : {};
  const shown = data['text/markdown'] ?? data['text/plain'] ?? output['text'];
  return withoutColours(stringOf(shown));
}

function withoutColours(text: string): string {
  // oxlint-disable-next-line no-control-regex -- terminals' colours begin with it
  return text.replace(/\u001b\[[\d;]*[A-Za-z]/gu, '');
}

/** The fence is longer than any run of backticks in the code. */
function fenced(code: string, language: string): string {
  if (code.trim() === '') return '';
  const longest = Math.max(2, ...(code.match(/`+/gu) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}

function stringOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter(line => typeof line === 'string').join('') : '';
}

function listOf(value: unknown): readonly Cell[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Cell {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
