/** `npm run eval -- readers`: what the readers make of a folder of real documents, against other readings of them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isReadable } from '../../src/text/fileFormats.ts';
import { readerFor, type ReadResult } from '../../src/readers/readers.ts';
import {
  figuresOf,
  pairRecall,
  type FormatFigures,
  type ReadFile,
  type Scored,
} from './readers/readerFigures.ts';
import { extensionOf, guideIn, referencesOf } from './readers/references.ts';
import { recallOf } from './readers/wordRecall.ts';

export interface ReadersOptions {
  /** A folder of documents; all below it are read. */
  readonly documents: string;
  /** Extensions without their dots, separated by commas; all that there is a reader for where it is undefined. */
  readonly format: string | undefined;
  readonly json: boolean;
  /** An unpacked `installation-guide-amd64` of Debian, or undefined. */
  readonly guide: string | undefined;
  /** `hwp_reference.py` and the Python that runs it. */
  readonly hwpTool: string;
  readonly python: string;
}

export async function measureReaders(options: ReadersOptions): Promise<void> {
  const wanted = options.format?.split(',').map(name => `.${name.replace(/^\./u, '').toLowerCase()}`);
  const isWanted = (file: string): boolean => wanted?.includes(extensionOf(file)) ?? isReadable(file);
  const files = filesIn(options.documents).filter(isWanted);
  const read: ReadFile[] = [];
  for (const file of files) read.push(await readOne(file));
  const reference = referencesOf(files, options.hwpTool, options.python);
  const formats = figuresOf(read, reference);
  const pairs = pairRecall(read);
  const guide = options.guide === undefined ? null : await guideRecall(options.guide);
  if (options.json) {
    console.log(JSON.stringify({ documents: options.documents, formats, pairs, guide }));
    return;
  }
  for (const [extension, figures] of Object.entries(formats))
    printFormat(extension, figures, options.documents);
  if (pairs.length > 0) printPairs(pairs, options.documents);
  if (guide !== null) console.log(`\nKorean installation guide, its own text: ${guide.toFixed(4)}`);
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`No folder ${folder}: give --documents DIR`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(folder, name))
    .filter(file => statSync(file).isFile())
    .sort();
}

async function readOne(file: string): Promise<ReadFile> {
  const bytes = readFileSync(file);
  const reader = await readerFor(file);
  const start = performance.now();
  let result: ReadResult;
  try {
    result = reader === null ? { problem: 'unreadable' } : await reader(new Uint8Array(bytes));
  } catch (error) {
    return { file, text: null, body: null, reason: `threw ${String(error).slice(0, 80)}`, milliseconds: 0 };
  }
  const milliseconds = performance.now() - start;
  if ('problem' in result) return { file, text: null, body: null, reason: result.problem, milliseconds };
  // A heading and a keyword stand beside the text, but are found as well.
  const keywords = result.keywords.join('\n');
  const body = result.text.slice(result.fields);
  return { file, text: `${result.text}\n${keywords}`, body, reason: null, milliseconds };
}

async function guideRecall(folder: string): Promise<number | null> {
  const guide = guideIn(folder);
  if (guide === null) throw new Error(`No Korean guide in ${folder}: dpkg -x installation-guide-amd64 there`);
  return recallOf((await readOne(guide.pdf)).text ?? '', guide.text);
}

function printFormat(extension: string, figures: FormatFigures, folder: string): void {
  const refused = Object.entries(figures.refused).map(([reason, count]) => `${reason} ${count}`);
  const recall = figures.meanRecall === null ? 'none' : figures.meanRecall.toFixed(4);
  const acrossBorders = figures.meanAcrossBorders === null ? 'none' : figures.meanAcrossBorders.toFixed(4);
  console.log(
    `\n${extension}: ${figures.files} files, ${figures.read} read` +
      `${refused.length > 0 ? `, refused: ${refused.join(', ')}` : ''}\n` +
      `  mean word recall ${recall} (across word borders: ${acrossBorders}) of ${figures.compared} files; ${figures.documentsPerSecond.toFixed(0)} files/s`,
  );
  for (const score of figures.worst) if (score.recall < 1) printScore(score, folder);
  for (const file of figures.unexplained) console.log(`  neither text nor a reason: ${file}`);
}

function printScore({ file, recall, acrossBorders, missing }: Scored, folder: string): void {
  console.log(
    `  ${recall.toFixed(4)} (${acrossBorders.toFixed(4)}) ${path.relative(folder, file)}: ${missing.join(', ')}`,
  );
}

function printPairs(pairs: readonly Scored[], folder: string): void {
  const mean = pairs.reduce((sum, { recall }) => sum + recall, 0) / pairs.length;
  console.log(`\n.hwp and .hwpx of one document: ${pairs.length} pairs, mean agreement ${mean.toFixed(4)}`);
  for (const pair of pairs.slice(0, 10)) if (pair.recall < 1) printScore(pair, folder);
}
