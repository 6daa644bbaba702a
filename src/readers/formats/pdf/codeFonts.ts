/** Which fonts of a page are those of listings: all their letters are equally wide. */
import type { TextRun } from './lines.ts';

/** Narrow letters are told from others by these alone. */
const NARROW = /[fijlt]/u;
const ASCII = /^[ -~]{3,}$/u;
/** Of the letters' size: by so much the mean widths of runs may differ. */
const SAME = 0.012;
/** Runs that tell. */
const LEAST_RUNS = 3;

/**
 * By their own flags, or as they are set: a font of Hangul and Latin letters has two widths and says so of none. A
 * line with Korean in it is no listing all the same (`lines.ts`): Hangul alone is equally wide in any font.
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
