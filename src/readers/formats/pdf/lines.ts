/** Turns the runs of glyphs of a page into lines of text, in the order in which the page draws them. */
import { Overprint } from './overprint.ts';
import { plainLetters } from './plainLetters.ts';

/** A run as pdf.js gives it; runs of XFA form pages have only text. */
export interface TextRun {
  readonly str: string;
  readonly transform?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly hasEOL?: boolean;
  readonly fontName?: string;
}

/** A part of a line between wide gaps: a cell of a table, or a column. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** A line in the page's own units, turned so that the text runs to the right; `y` grows upwards. */
export interface Line {
  /** The text of all segments, with tabs between them. */
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** Font size; 0 where the page does not give the line's position. */
  readonly size: number;
  /** Quarter turns of the text. */
  readonly turn: number;
  /** The document has a blank at the end of the line, so its last word is whole. */
  readonly endsInBlank: boolean;
  /** All its letters are equally wide: a listing. */
  readonly isCode: boolean;
}

type Place = Omit<Line, 'text' | 'segments' | 'endsInBlank' | 'isCode'>;

/** In font sizes: runs whose baselines differ by less are on one line (superscripts are). */
const SAME_LINE = 0.45;
/** In font sizes: a wider gap separates columns of a table. */
const TAB_GAP = 1.5;
/** In font sizes: a narrower gap does not separate words. */
const WORD_GAP = 0.18;

/** In font sizes: runs that overlap by more are two texts; widths that a font states wrongly make them overlap by less. */
const OVERLAP = 1.2;

/** Letters that have equal widths in all fonts. */
const CJK = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

const NOWHERE: Place = { left: 0, right: 0, y: 0, size: 0, turn: 0 };

/** `codeFonts`: names of the page's monospaced fonts. */
export function linesOf(runs: readonly TextRun[], codeFonts: ReadonlySet<string>): Line[] {
  const maker = new LineMaker(codeFonts);
  for (const run of runs) maker.run(run);
  return maker.finish();
}

class LineMaker {
  readonly #lines: Line[] = [];
  readonly #codeFonts: ReadonlySet<string>;
  readonly #overprint = new Overprint();
  /** Text of the open segment; its place extends from the line's first run to its last. */
  #text = '';
  #segments: Segment[] = [];
  #segmentLeft = 0;
  #place: Place | null = null;
  /** pdf.js says that the last run ended its line. */
  #isEnded = false;
  #isCode = true;

  constructor(codeFonts: ReadonlySet<string>) {
    this.#codeFonts = codeFonts;
  }

  run(run: TextRun): void {
    const str = withoutListingMarks(plainLetters(run.str));
    const place = placeOf(run);
    if (place === null) {
      this.#close();
      this.#begin(str, NOWHERE);
      this.#close();
      return;
    }
    if (str.trim() === '') {
      if (str !== '' && this.#place !== null) this.#text += ' ';
      this.#isEnded ||= run.hasEOL === true;
      return;
    }
    if (this.#overprint.isRepeated(str, place)) {
      this.#isEnded ||= run.hasEOL === true;
      return;
    }
    const glue = this.#place === null ? null : this.#glue(this.#place, place);
    if (glue === null) {
      this.#close();
      this.#begin(str, place);
    } else {
      if (glue === '\t') {
        this.#endSegment();
        this.#text = str;
        this.#segmentLeft = place.left;
      } else this.#text += glue + str;
      this.#place = spanning(this.#place!, place);
    }
    this.#isEnded = run.hasEOL === true;
    this.#isCode &&= this.#codeFonts.has(run.fontName ?? '') && !CJK.test(str);
  }

  finish(): Line[] {
    this.#close();
    return this.#lines;
  }

  #begin(text: string, place: Place): void {
    this.#text = text;
    this.#segmentLeft = place.left;
    this.#place = place;
    this.#isCode = true;
  }

  #endSegment(): void {
    const text = this.#text.trim();
    const right = this.#place?.right ?? 0;
    if (text !== '') this.#segments.push({ text, left: this.#segmentLeft, right });
  }

  #close(): void {
    this.#endSegment();
    if (this.#place !== null && this.#segments.length > 0)
      this.#lines.push({
        ...lineOf(this.#place, this.#segments),
        endsInBlank: /^\s$/u.test(this.#text.slice(-1)),
        isCode: this.#isCode,
      });
    this.#segments = [];
    this.#text = '';
    this.#place = null;
  }

  /** The text between the line and the run that continues it; null where the run begins a new line. */
  #glue(place: Place, next: Place): string | null {
    const size = Math.max(place.size, next.size);
    if (place.turn !== next.turn || Math.abs(place.y - next.y) > SAME_LINE * size) return null;
    const gap = next.left - place.right;
    // A run further left at the same height is another column, or is drawn over this one.
    if (gap < -0.5 * size && next.left < place.left) return null;
    // Another text drawn over the line.
    if (gap < -OVERLAP * size) return null;
    if (gap > TAB_GAP * size) return '\t';
    if (/^\s$/u.test(this.#text.slice(-1))) return '';
    return gap > WORD_GAP * size || (this.#isEnded && gap > 0) ? ' ' : '';
  }
}

function lineOf(place: Place, segments: readonly Segment[]): Place & Pick<Line, 'text' | 'segments'> {
  return { ...place, text: segments.map(segment => segment.text).join('\t'), segments };
}

/** A part of a line as a line of its own. */
export function partOf(line: Line, segments: readonly Segment[]): Line {
  const left = Math.min(...segments.map(segment => segment.left));
  const right = Math.max(...segments.map(segment => segment.right));
  const endsInBlank = line.endsInBlank && segments.at(-1) === line.segments.at(-1);
  return { ...line, ...lineOf({ ...line, left, right }, segments), endsInBlank };
}

function placeOf({ transform, width = 0, height = 0 }: TextRun): Place | null {
  if (transform === undefined || transform.length < 6) return null;
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform;
  const size = Math.hypot(c, d) || height || Math.hypot(a, b) || 1;
  const turn = (Math.round((Math.atan2(b, a) * 2) / Math.PI) + 4) % 4;
  // The page is turned back by as many quarters.
  const turned: readonly (readonly [number, number])[] = [
    [x, y],
    [y, -x],
    [-x, -y],
    [-y, x],
  ];
  const [left, up] = turned[turn] ?? [x, y];
  return { left, right: left + width, y: up, size, turn };
}

function spanning(a: Place, b: Place): Place {
  return {
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    // A superscript does not move its line.
    y: b.size > a.size ? b.y : a.y,
    size: Math.max(a.size, b.size),
    turn: a.turn,
  };
}

/** The marks that dblatex (manuals from DocBook) prints around each letter of a listing that Latin-1 lacks. */
const LISTING_MARK = /\s?b ?’ ’\s?/gu;

function withoutListingMarks(text: string): string {
  return text.includes('’ ’') && /b ?’ ’\p{L}|\p{L}b ?’ ’|^b ?’ ’$/u.test(text)
    ? text.replace(LISTING_MARK, '')
    : text;
}
