/** The place of a passage, for programs and in words. */
import type { PassagePlace } from '../../domain/passage.ts';
import type { Say } from '../../wording/language.ts';
import { quotedLine } from './quotation.ts';

export interface PlaceAnswer {
  readonly kind: 'line' | 'page' | 'slide' | 'cell' | 'section' | 'time';
  /** One-based lines of the document's text. */
  readonly line: number;
  readonly endLine: number;
  readonly page?: number;
  readonly slide?: number;
  readonly sheet?: string;
  readonly cell?: string;
  readonly section?: number;
  readonly paragraph?: number;
  readonly time?: string;
}

/**
 * Excel's own limit for names of sheets. A name that stands outside of a quotation must be too short for a
 * sentence.
 */
const LONGEST_SHEET = 31;

export function placeAnswer({ line, endLine, location }: PassagePlace): PlaceAnswer {
  const lines = { line: line + 1, endLine: endLine + 1 };
  if (location.kind !== 'cell') return { ...location, ...lines };
  return {
    kind: 'cell',
    sheet: sheetName(location.sheet),
    cell: quotedLine(location.cell),
    ...lines,
  };
}

export function sheetName(name: string): string {
  return quotedLine(name).slice(0, LONGEST_SHEET);
}

export function placeText(place: PlaceAnswer, say: Say): string {
  const { kind, line, endLine } = place;
  const lines =
    line === endLine
      ? say(`${line}행`, `line ${line}`)
      : say(`${line}–${endLine}행`, `lines ${line}–${endLine}`);
  const texts: Readonly<Record<PlaceAnswer['kind'], string>> = {
    line: lines,
    page: say(`${place.page}쪽`, `page ${place.page}`),
    slide: say(`슬라이드 ${place.slide}`, `slide ${place.slide}`),
    cell: say(`시트 “${place.sheet}” ${place.cell}`, `sheet “${place.sheet}” ${place.cell}`),
    section: say(
      `${place.section}구역 ${place.paragraph}문단`,
      `section ${place.section}, paragraph ${place.paragraph}`,
    ),
    time: place.time ?? lines,
  };
  return texts[kind];
}
