/** Finds the monospaced fonts of a page, which are used for listings. */
import type { TextRun } from './lines.ts';

/** Narrow letters, whose widths tell a proportional font. */
const NARROW = /[fijlt]/u;
const ASCII = /^[ -~]{3,}$/u;
/** Maximum difference between the mean widths of runs, as a share of the font size. */
const SAME = 0.012;
/** Minimum number of runs for a decision. */
const LEAST_RUNS = 3;

/**
 * A font is monospaced by its own flags or by the widths of its runs: a font of Hangul and Latin letters has two widths
 * and says nothing about it. A line with Korean in it is not a listing in any case (`lines.ts`), because Hangul alone
 * is equally wide in any font.
 */
export function codeFontsOf(
  runs: readonly TextRun[],
  styles: Readonly<Record<string, { readonly fontFamily: string }>>,
): ReadonlySet<string> {
  const found = new Set(Object.keys(styles).filter(name => styles[name]?.fontFamily === 'monospace'));
  const widths = new Map<string, number[]>();
  for (const { str, width = 0, height = 0, fontName = '' } of runs) {
    if (height <= 0 || !ASCII.test(str) || !NARROW.test(str)) continue;
    const seen = widths.get(fontName);
    if (seen === undefined) widths.set(fontName, [width / str.length / height]);
    else seen.push(width / str.length / height);
  }
  for (const [name, of] of widths)
    if (of.length >= LEAST_RUNS && of.every(width => Math.abs(width - of[0]!) < SAME)) found.add(name);
  return found;
}
