/** Quotation marks that people type, or that a phone or word processor inserts. */
const DOUBLE = '"“”„‟';
const PAIRS: Readonly<Record<string, string>> = { '「': '」', '『': '』' };

/** Every mark that opens a quotation, for a character class. */
export const OPENERS = DOUBLE + Object.keys(PAIRS).join('');

export interface Quoted {
  /** Start of the text between the marks. */
  readonly start: number;
  readonly end: number;
  /** Offset after the closing mark. */
  readonly next: number;
}

export function isOpener(unit: string | undefined): boolean {
  return unit !== undefined && unit !== '' && OPENERS.includes(unit);
}

/** The quotation that opens at an offset; null where it is never closed. */
export function quotedAt(text: string, at: number): Quoted | null {
  const closers = PAIRS[text[at]!] ?? DOUBLE;
  for (let end = at + 1; end < text.length; end++)
    if (closers.includes(text[end]!)) return { start: at + 1, end, next: end + 1 };
  return null;
}
