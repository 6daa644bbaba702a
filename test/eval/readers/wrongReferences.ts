/** Files whose reference is no measure of a reader: each was looked at, and its reason is printed beside the figures. */
import path from 'node:path';

/** By the file's name: what is wrong with the text that the reference makes of it. */
const WRONG: Readonly<Record<string, string>> = {
  'bug1157493.pdf': 'pdftotext puts a blank behind every letter',
  'bug1865341.pdf': 'pdftotext loses a letter of a form field (Zacznik for Załącznik)',
  'bug1871353.pdf': 'pdftotext loses the blanks of a form field (AB)',
  'bug2025674.pdf': 'pdftotext tears the terms of a formula',
  'issue11740_reduced.pdf': "the font's own map names other letters than it draws",
  'issue14953.pdf': 'the glyphs have made-up letters, and pdftotext loses the blank between them',
  'issue16316.pdf': 'pdftotext reads what lies outside of the visible page',
  'issue20319_1.pdf': 'pdftotext loses a blank that is wider than the letters',
  'issue20319_2.pdf': 'the font says nothing of its widths: AAA is as true as AA A',
  'testOverlappingText.pdf': 'pdftotext runs two texts at one place together',
};

/** Null where the reference is as good as any. */
export function faultOfReference(file: string): string | null {
  return WRONG[path.basename(file)] ?? null;
}
