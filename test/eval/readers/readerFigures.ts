/** Figures of the readers, by format. */
import { countWords, missingWords, recallOf, recallAcrossBorders } from './wordRecall.ts';
import { extensionOf, type References } from './references.ts';
import { faultOfReference } from './wrongReferences.ts';

/** What a reader made of a file. */
export interface ReadFile {
  readonly file: string;
  /** Of the reader, with keywords and headings; null where it gave a reason. */
  readonly text: string | null;
  /** The text without the fields of its properties. */
  readonly body: string | null;
  readonly reason: string | null;
  readonly milliseconds: number;
}

export interface Scored {
  readonly file: string;
  readonly recall: number;
  /** Likewise, wherever the two end words. */
  readonly acrossBorders: number;
  /** Of the reference. */
  readonly words: number;
  readonly missing: readonly string[];
  /** Why the reference of this file measures nothing, if it does not. */
  readonly fault: string | null;
}

export interface FormatFigures {
  readonly files: number;
  readonly read: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Neither text nor a reason that the ledger knows. */
  readonly unexplained: readonly string[];
  /** Said to have no text, where the reference has words. */
  readonly doubtful: readonly string[];
  readonly compared: number;
  readonly meanRecall: number | null;
  /** Of all words of all files: a file of two words does not count as much as a book. */
  readonly wordRecall: number | null;
  readonly meanAcrossBorders: number | null;
  /** Means without the files whose reference is wrong. */
  readonly sound: { readonly compared: number; readonly recall: number; readonly all: number } | null;
  /** Mean against the text runs of the file itself, where the reference is another one. */
  readonly runRecall: number | null;
  readonly worst: readonly Scored[];
  readonly documentsPerSecond: number;
}

const TEXTLESS: ReadonlySet<string> = new Set(['noText', 'empty', 'needsOcr']);

export function figuresOf(
  files: readonly ReadFile[],
  references: References,
  worst: number,
): Record<string, FormatFigures> {
  const formats: Record<string, FormatFigures> = {};
  for (const extension of [...new Set(files.map(({ file }) => extensionOf(file)))].sort())
    formats[extension] = formatFigures(
      files.filter(({ file }) => extensionOf(file) === extension),
      references,
      worst,
    );
  return formats;
}

function formatFigures(files: readonly ReadFile[], references: References, worst: number): FormatFigures {
  const { reference, runs } = references;
  const refused: Record<string, number> = {};
  const unexplained: string[] = [];
  const doubtful: string[] = [];
  const scored: Scored[] = [];
  const runRecalls: number[] = [];
  for (const { file, text, reason } of files) {
    if (text === null) {
      const name = reason ?? 'nothing';
      refused[name] = (refused[name] ?? 0) + 1;
      if (reason === null || reason.startsWith('threw')) unexplained.push(file);
      if (TEXTLESS.has(name) && countWords(reference(file) ?? '') > 0) doubtful.push(file);
      continue;
    }
    const score = scoreOf(file, text, reference(file));
    if (score !== null) scored.push(score);
    const own = runs(file);
    const runRecall = own === null ? null : recallOf(text, own);
    if (runRecall !== null) runRecalls.push(runRecall);
  }
  scored.sort((a, b) => a.recall - b.recall);
  const seconds = files.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return {
    files: files.length,
    read: files.filter(({ text }) => text !== null).length,
    refused,
    unexplained,
    doubtful,
    compared: scored.length,
    wordRecall: ofAllWords(scored),
    meanRecall: meanOf(scored.map(({ recall }) => recall)),
    meanAcrossBorders: meanOf(scored.map(({ acrossBorders }) => acrossBorders)),
    sound: soundMeans(scored),
    runRecall: meanOf(runRecalls),
    worst: scored.slice(0, worst),
    documentsPerSecond: files.length / Math.max(seconds, 0.001),
  };
}

/** Null where no reference is wrong. */
function soundMeans(scored: readonly Scored[]): FormatFigures['sound'] {
  const sound = scored.filter(({ fault }) => fault === null);
  if (sound.length === scored.length) return null;
  const recall = meanOf(sound.map(score => score.recall)) ?? 0;
  return { compared: sound.length, recall, all: ofAllWords(sound) ?? 0 };
}

function scoreOf(file: string, text: string, expected: string | null): Scored | null {
  const recall = expected === null ? null : recallOf(text, expected);
  if (recall === null) return null;
  const acrossBorders = recallAcrossBorders(text, expected!) ?? recall;
  const words = countWords(expected!);
  const missing = missingWords(text, expected!, 8);
  return { file, recall, acrossBorders, words, missing, fault: faultOfReference(file) };
}

function ofAllWords(scored: readonly Scored[]): number | null {
  const words = scored.reduce((sum, score) => sum + score.words, 0);
  return words === 0 ? null : scored.reduce((sum, { recall, words: all }) => sum + recall * all, 0) / words;
}

function meanOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Two readings of the same document saved in two formats; how much of the one's words the other has, both ways. */
export function pairRecall(files: readonly ReadFile[]): Scored[] {
  const scored: Scored[] = [];
  const byPath = new Map(files.map(read => [read.file, read]));
  for (const { file, body: text } of files) {
    const other = byPath.get(file.replace(/\.hwp$/u, '.hwpx'))?.body;
    if (!file.endsWith('.hwp') || text === null || other === undefined || other === null) continue;
    const there = recallOf(other, text);
    const back = recallOf(text, other);
    const missing = [...missingWords(other, text, 5), '|', ...missingWords(text, other, 5)];
    if (there === null || back === null) continue;
    const recall = (there + back) / 2;
    scored.push({ file, recall, acrossBorders: recall, words: countWords(text), missing, fault: null });
  }
  return scored.sort((a, b) => a.recall - b.recall);
}
