/** Reads a folder's glossary, a text file that its user writes: its groups of terms, and the lines that are faulty. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { PLATFORM, type Platform } from '../platform/platform.ts';
import type { FolderOptions } from '../domain/folder.ts';
import {
  parseGlossary,
  type GlossaryProblemKind,
  type ParsedGlossary,
} from '../text/forms/foreign/glossary.ts';

/** Path relative to the folder, unless a setting gives another. */
export const DEFAULT_GLOSSARY = '.malmoi/glossary.txt';
const MAX_BYTES = 1 << 20;
/** Maximum number of problems written to the log. */
const MAX_LINES = 20;

export interface GlossaryFile extends ParsedGlossary {
  readonly file: string;
  /** The reason why it could not be read, for a person; null where it could, or does not exist. */
  readonly failure: string | null;
}

export function glossaryPath(folder: FolderOptions, platform: Platform = PLATFORM): string {
  return platform.path.resolve(folder.path, folder.glossary ?? DEFAULT_GLOSSARY);
}

/** Never rejects. */
export async function readGlossary(file: string): Promise<GlossaryFile> {
  const nothing = (failure: string | null): GlossaryFile => ({ file, groups: [], problems: [], failure });
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return nothing('not a file');
      if (stats.size > MAX_BYTES) return nothing(`larger than ${MAX_BYTES} bytes`);
      return { file, failure: null, ...parseGlossary(await handle.readFile('utf8')) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return nothing(code === 'ENOENT' || code === 'ENOTDIR' ? null : code);
  }
}

const PROBLEMS: Readonly<Record<GlossaryProblemKind, string>> = {
  single: 'a term alone: write what is the same beside it, with a comma between',
  empty: 'nothing between two commas',
  long: 'a term that is too long',
  many: 'too many terms in one line',
  repeated: 'the same term twice',
};

/** Lines for the log: places and kinds of problems, without content. */
export function linesOfGlossary({ file, problems, failure }: GlossaryFile): string[] {
  const name = path.basename(file);
  if (failure !== null) return [`glossary ${name}: ${failure}`];
  const lines = problems
    .slice(0, MAX_LINES)
    .map(({ line, kind }) => `glossary ${name}, line ${line}: ${PROBLEMS[kind]}`);
  return problems.length > MAX_LINES
    ? [...lines, `glossary ${name}: ${problems.length} lines in all`]
    : lines;
}

/** The place of a fault, for a sentence: `glossary.txt (3, 7)`; null where there is none. */
export function faultOf({ file, problems, failure }: GlossaryFile): string | null {
  const name = path.basename(file);
  if (failure !== null) return `${name} (${failure})`;
  if (problems.length === 0) return null;
  const lines = [...new Set(problems.map(({ line }) => line))];
  return `${name} (${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''})`;
}
