/** What each document should say, by somebody else's reading of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hasTextRuns, textRunsOf, withoutTags } from './officeText.ts';

/** A text to compare with, or null where there is none for a file. */
export type Reference = (file: string) => string | null;

export interface References {
  readonly reference: Reference;
  /** The text runs of a file whose `reference` is another reading. */
  readonly runs: Reference;
}

const LONG = 256 * 1024 * 1024;

export function extensionOf(file: string): string {
  return path.extname(file).toLowerCase();
}

/**
 * `hwpTool`: `hwp_reference.py`, run by `python` (which needs olefile) once for all HWP and HWPX files; poppler's
 * `pdftotext` where it is installed; the text runs of Office documents.
 */
export function referencesOf(files: readonly string[], hwpTool: string, python: string): References {
  const hwp = hwpReferences(
    files.filter(file => ['.hwp', '.hwpx'].includes(extensionOf(file))),
    hwpTool,
    python,
  );
  const reference: Reference = file => {
    const extension = extensionOf(file);
    if (extension === '.hwp' || extension === '.hwpx') return hwp.get(file) ?? null;
    if (extension === '.pdf') return pdfText(file);
    return hasTextRuns(extension) ? textRunsOf(file, extension) : null;
  };
  // The tool puts a blank at every border of runs, where a change of the font tears words.
  const runs: Reference = file => (extensionOf(file) === '.hwpx' ? textRunsOf(file, '.hwpx') : null);
  return { reference, runs };
}

function hwpReferences(files: readonly string[], tool: string, python: string): Map<string, string> {
  const texts = new Map<string, string>();
  if (files.length === 0 || !existsSync(tool)) return texts;
  const output = execFileSync(python, [tool, ...files], { maxBuffer: LONG, encoding: 'utf8' });
  for (const line of output.split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line) as { file: string; text?: string; refused?: string };
    if (row.refused?.includes('olefile') === true)
      throw new Error(`${python} has no olefile: give --python, or pip install olefile`);
    if (row.text !== undefined) texts.set(row.file, row.text);
  }
  return texts;
}

/** Null where poppler is not there, or makes nothing of the file. */
function pdfText(file: string): string | null {
  try {
    return execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], {
      maxBuffer: LONG,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    });
  } catch {
    return null;
  }
}

export interface Guide {
  readonly pdf: string;
  /** The guide as pages of a browser: its words are whole. */
  readonly pages: string;
  /** The guide as a text of 80 columns, which end within words. */
  readonly text: string;
  readonly pdftotext: string | null;
}

/** The Korean guide in a folder into which Debian's `installation-guide-amd64` was unpacked. */
export function guideIn(folder: string): Guide | null {
  const ko = path.join(folder, 'usr/share/doc/installation-guide-amd64/ko');
  const base = path.join(ko, 'install.ko');
  if (!existsSync(`${base}.pdf.gz`) || !existsSync(`${base}.txt.gz`)) return null;
  const pdf = path.join(mkdtempSync(path.join(tmpdir(), 'guide-')), 'install.ko.pdf');
  writeFileSync(pdf, gunzipSync(readFileSync(`${base}.pdf.gz`)));
  const chapters = readdirSync(ko).filter(name => /^(?:ap|ch|pr)\w+\.html$/u.test(name));
  const pages = chapters.map(name => pageText(readFileSync(path.join(ko, name), 'utf8'))).join('\n');
  const text = gunzipSync(readFileSync(`${base}.txt.gz`)).toString('utf8');
  return { pdf, pages, text, pdftotext: pdfText(pdf) };
}

/** The text of one of the guide's pages, without links to other pages and lists of its sections. */
function pageText(html: string): string {
  const own = html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gu, ' ')
    .replace(/<div class="(?:navheader|navfooter|toc)"[\s\S]*?(?=<div class="(?!nav|toc)|<\/body)/gu, ' ');
  return withoutTags(own, 'p|div|li|td|th|tr|h\\d|dt|dd|pre|br|table|ul|ol');
}
