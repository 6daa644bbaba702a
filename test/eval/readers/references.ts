/** What each document should say, by somebody else's reading of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hasTextRuns, textRunsOf } from './officeText.ts';

/** A text to compare with, or null where there is none for a file. */
export type Reference = (file: string) => string | null;

const LONG = 256 * 1024 * 1024;

export function extensionOf(file: string): string {
  return path.extname(file).toLowerCase();
}

/**
 * `hwpTool`: `hwp_reference.py`, run by `python` (which needs olefile) once for all HWP and HWPX files; poppler's
 * `pdftotext` where it is installed; the text runs of Office documents.
 */
export function referencesOf(files: readonly string[], hwpTool: string, python: string): Reference {
  const hwp = hwpReferences(
    files.filter(file => ['.hwp', '.hwpx'].includes(extensionOf(file))),
    hwpTool,
    python,
  );
  return file => {
    const extension = extensionOf(file);
    if (extension === '.hwp' || extension === '.hwpx') return hwp.get(file) ?? null;
    if (extension === '.pdf') return pdfText(file);
    return hasTextRuns(extension) ? textRunsOf(file, extension) : null;
  };
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

/** A document and its own text, of a folder into which Debian's `installation-guide-amd64` was unpacked. */
export function guideIn(folder: string): { readonly pdf: string; readonly text: string } | null {
  const base = path.join(folder, 'usr/share/doc/installation-guide-amd64/ko/install.ko');
  if (!existsSync(`${base}.pdf.gz`) || !existsSync(`${base}.txt.gz`)) return null;
  const pdf = path.join(mkdtempSync(path.join(tmpdir(), 'guide-')), 'install.ko.pdf');
  writeFileSync(pdf, gunzipSync(readFileSync(`${base}.pdf.gz`)));
  return { pdf, text: gunzipSync(readFileSync(`${base}.txt.gz`)).toString('utf8') };
}
