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
import { recallAcrossBorders, recallOf } from './readers/wordRecall.ts';

export interface ReadersOptions {
  /** A folder of documents; all below it are read. */
  readonly documents: string;
  /** Extensions without their dots, separated by commas; all that there is a reader for where it is undefined. */
  readonly format: string | undefined;
  readonly json: boolean;
  /** How many of a format's worst files are listed. */
  readonly worst: number;
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
  const references = referencesOf(files, options.hwpTool, options.python);
  const formats = figuresOf(read, references, options.worst);
  const pairs = pairRecall(read);
  const guide = options.guide === undefined ? null : await guideFigures(options.guide);
  if (options.json) {
    console.log(JSON.stringify({ documents: options.documents, formats, pairs, guide }));
    return;
  }
  for (const [extension, figures] of Object.entries(formats))
    printFormat(extension, figures, options.documents);
  if (pairs.length > 0) printPairs(pairs, options.documents);
  for (const { reference, reader, recall, acrossBorders } of guide ?? [])
    console.log(
      `\nKorean installation guide, ${reader} against its ${reference}: ${recall.toFixed(4)} (across word borders: ${acrossBorders.toFixed(4)})`,
    );
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
  // Found by its name and properties; the ledger says so.
  if (body.trim() === '') return { file, text: null, body: null, reason: 'noText', milliseconds };
  return { file, text: `${result.text}\n${keywords}`, body, reason: null, milliseconds };
}

interface GuideFigures extends Pick<Scored, 'recall' | 'acrossBorders'> {
  readonly reader: string;
  readonly reference: string;
}

async function guideFigures(folder: string): Promise<GuideFigures[]> {
  const guide = guideIn(folder);
  if (guide === null) throw new Error(`No Korean guide in ${folder}: dpkg -x installation-guide-amd64 there`);
  const texts = { malmoi: (await readOne(guide.pdf)).text, pdftotext: guide.pdftotext };
  const references = { pages: guide.pages, 'text of 80 columns': guide.text };
  return Object.entries(references).flatMap(([reference, expected]) =>
    Object.entries(texts).map(([reader, text]) => ({
      reader,
      reference,
      recall: recallOf(text ?? '', expected) ?? 0,
      acrossBorders: recallAcrossBorders(text ?? '', expected) ?? 0,
    })),
  );
}

function printFormat(extension: string, figures: FormatFigures, folder: string): void {
  const { files, read, compared, meanRecall, meanAcrossBorders, wordRecall } = figures;
  const refused = Object.entries(figures.refused).map(([reason, count]) => `${reason} ${count}`);
  console.log(
    `\n${extension}: ${files} files, ${read} read${refused.length > 0 ? `, refused: ${refused.join(', ')}` : ''}\n` +
      `  word recall, mean of ${compared} files ${shown(meanRecall)} (across word borders ${shown(meanAcrossBorders)}), ` +
      `of all words ${shown(wordRecall)}; ${figures.documentsPerSecond.toFixed(0)} files/s`,
  );
  const { sound, runRecall } = figures;
  if (sound !== null)
    console.log(
      `  without ${compared - sound.compared} files whose reference is wrong: mean of ${sound.compared} files ${shown(sound.recall)}, of all words ${shown(sound.all)}`,
    );
  if (runRecall !== null) console.log(`  against the file's own text runs: mean ${shown(runRecall)}`);
  for (const score of figures.worst) if (score.recall < 1) printScore(score, folder);
  for (const file of figures.doubtful) console.log(`  no text, but the reference has words: ${file}`);
  for (const file of figures.unexplained) console.log(`  neither text nor a reason: ${file}`);
}

function shown(figure: number | null): string {
  return figure?.toFixed(4) ?? 'none';
}

function printScore({ file, recall, acrossBorders, missing, fault }: Scored, folder: string): void {
  const remark = fault === null ? '' : `; not counted: ${fault}`;
  console.log(
    `  ${recall.toFixed(4)} (${acrossBorders.toFixed(4)}) ${path.relative(folder, file)}: ${missing.join(', ')}${remark}`,
  );
}

function printPairs(pairs: readonly Scored[], folder: string): void {
  const mean = pairs.reduce((sum, { recall }) => sum + recall, 0) / pairs.length;
  console.log(`\n.hwp and .hwpx of one document: ${pairs.length} pairs, mean agreement ${mean.toFixed(4)}`);
  for (const pair of pairs.slice(0, 10)) if (pair.recall < 1) printScore(pair, folder);
}
