/**
 * The tool `read_passage`: passages of one document in reading order, namely the one that was asked for and
 * its neighbours.
 */
import type { DocumentPassage, DocumentText } from '../../domain/document.ts';
import type { Location } from '../../domain/location.ts';
import { AgentError } from '../agentError.ts';
import type { IndexedFile } from '../openFolders.ts';
import { paragraphs, type Answer, type Asking } from './answer.ts';
import { costOf, type Part } from './budget.ts';
import { hashOf, passageName } from './passageId.ts';
import { placeAnswer, placeText, sheetName, type PlaceAnswer } from './place.ts';
import { quotationOf, quoted, quotedLine, quotedName, type Quotation } from './quotation.ts';
import { estimateTokens, withinTokens } from './tokens.ts';

/** A place in a document, in any of the terms that `search` uses. */
export interface WantedPlace {
  readonly start?: number | undefined;
  readonly line?: number | undefined;
  readonly page?: number | undefined;
  readonly slide?: number | undefined;
  readonly sheet?: string | undefined;
  readonly section?: number | undefined;
}

export interface PassageAnswer {
  readonly id: string;
  readonly place: PlaceAnswer;
  readonly headings: readonly string[];
  readonly quote: string;
  readonly isCut: boolean;
  /** True for the passage that was asked for; the others are its neighbours. */
  readonly isWanted: boolean;
}

export interface PassagesFields {
  readonly folder: string;
  readonly file: string;
  readonly passages: readonly PassageAnswer[];
  /** Ids of the passages right before and after these; null at the ends of the document. */
  readonly previous: string | null;
  readonly next: string | null;
  /** True where the document has changed since the id was given. */
  readonly hasChanged: boolean;
  readonly boundary: string;
}

/**
 * Index of the passage at a place. `document` is read where no passage begins there, since one may span
 * several pages. Throws an `AgentError` where the document has no such place.
 */
export async function passageAt(
  file: IndexedFile,
  wanted: WantedPlace,
  document: () => Promise<DocumentText>,
): Promise<number> {
  const found = await placedAt(file, wanted, document);
  if (found === -1) throw new AgentError({ code: 'noPlace', name: file.name, place: placeNamed(wanted) });
  return found;
}

async function placedAt(
  { passages }: IndexedFile,
  wanted: WantedPlace,
  document: () => Promise<DocumentText>,
): Promise<number> {
  const { start, line } = wanted;
  if (start !== undefined) return passageOver(passages, start);
  if (line !== undefined)
    return passages.findIndex(
      ({ endLine }, i) => line - 1 <= endLine || line - 1 < (passages[i + 1]?.line ?? 0),
    );
  // Without a place, reading starts at the beginning.
  if (Object.values(wanted).every(value => value === undefined)) return 0;
  const begins = passages.findIndex(({ location }) => isPlace(location, wanted));
  if (begins !== -1) return begins;
  const read = await document();
  const place = 'problem' in read ? undefined : read.places.find(({ location }) => isPlace(location, wanted));
  return place === undefined ? -1 : passageOver(passages, place.start);
}

/** A passage reaches to the start of the next one: the text between two passages belongs to the first. */
function passageOver(passages: readonly DocumentPassage[], start: number): number {
  return passages.findIndex(({ end }, i) => start < (passages[i + 1]?.start ?? Math.max(end, start + 1)));
}

function isPlace(location: Location, { page, slide, sheet, section }: WantedPlace): boolean {
  const told: Readonly<Record<Location['kind'], boolean>> = {
    line: false,
    page: location.kind === 'page' && location.page === page,
    slide: location.kind === 'slide' && location.slide === slide,
    cell: location.kind === 'cell' && sheetName(location.sheet) === sheet,
    section: location.kind === 'section' && location.section === section,
    time: false,
  };
  return told[location.kind];
}

function placeNamed(wanted: WantedPlace): string {
  return Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

export interface PassagesRequest {
  readonly file: IndexedFile;
  /** Index of the wanted passage. */
  readonly at: number;
  readonly neighbours: number;
  readonly tokens: number;
  /** Hash in the id that was given; null where none was. */
  readonly hash: string | null;
}

export function answerPassages(
  { file, at, neighbours, tokens, hash }: PassagesRequest,
  { labelOf, say }: Pick<Asking, 'labelOf' | 'say'>,
): Answer<PassagesFields> {
  const { passages } = file;
  const label = labelOf(file.folder);
  const idAt = (i: number): string => passageName(label, file.file, passages[i]!.start, passages[i]!.id);
  const quotation = quotationOf(
    [...passages.flatMap(({ text, headings }) => [text, ...headings]), file.name],
    say,
  );
  const partAt = (i: number): Part<PassageAnswer> => {
    const passage = passages[i]!;
    return partOf({
      id: idAt(i),
      place: placeAnswer(passage),
      headings: passage.headings.map(quotedLine),
      quote: quoted(passage.text),
      isCut: false,
      isWanted: i === at,
    });
  };
  const partOf = (fields: PassageAnswer): Part<PassageAnswer> => ({
    fields,
    text: `${placeText(fields.place, say)}\n${quotation.wrap(innerText(fields))}`,
  });
  const { first, parts } = around(at, { count: passages.length, neighbours, tokens, partAt, partOf });
  const last = first + parts.length - 1;
  const fields: PassagesFields = {
    folder: label,
    file: quotedName(file.file),
    passages: parts.map(part => part.fields),
    previous: first === 0 ? null : idAt(first - 1),
    next: last === passages.length - 1 ? null : idAt(last + 1),
    hasChanged: hash !== null && hashOf(passages[at]!.id) !== hash,
    boundary: quotation.boundary,
  };
  return { fields, text: textOf(fields, parts, quotation, say) };
}

function textOf(
  { previous, next, hasChanged }: PassagesFields,
  parts: readonly Part<PassageAnswer>[],
  quotation: Quotation,
  say: Asking['say'],
): string {
  return paragraphs(
    hasChanged
      ? say(
          '이 id를 받은 뒤에 문서가 바뀌었습니다. 지금 그 자리에 있는 글입니다.',
          'The document has changed since this id was given. This is what stands there now.',
        )
      : null,
    quotation.notice,
    ...parts.map(({ text }) => text),
    previous === null && next === null
      ? say('문서의 처음이자 끝입니다.', 'This is the whole document.')
      : say(
          '앞뒤를 더 읽으려면 previous나 next의 id를 쓰세요.',
          'To read on, use the ids in previous and next.',
        ),
  );
}

function innerText({ id, headings, quote, isCut }: PassageAnswer): string {
  const trail = headings.length === 0 ? [] : [headings.join(' › ')];
  return [id, ...trail, `${quote}${isCut ? ' […]' : ''}`].join('\n');
}

interface Window {
  readonly count: number;
  readonly neighbours: number;
  readonly tokens: number;
  readonly partAt: (i: number) => Part<PassageAnswer>;
  readonly partOf: (fields: PassageAnswer) => Part<PassageAnswer>;
}

/** The wanted passage first, then as many of its neighbours as fit, nearest first. */
function around(
  at: number,
  { count, neighbours, tokens, partAt, partOf }: Window,
): { readonly first: number; readonly parts: readonly Part<PassageAnswer>[] } {
  let wanted = partAt(at);
  const over = costOf(wanted) - tokens;
  if (over > 0) {
    const { quote } = wanted.fields;
    const room = Math.max(0, Math.floor((estimateTokens(quote) - over) * 0.9));
    wanted = partOf({ ...wanted.fields, quote: withinTokens(quote, room), isCut: true });
  }
  const parts = [wanted];
  let [first, last, spent] = [at, at, costOf(wanted)];
  for (let distance = 1; distance <= neighbours; distance++) {
    for (const i of [at + distance, at - distance]) {
      if (i < 0 || i >= count || (i > at ? i !== last + 1 : i !== first - 1)) continue;
      const part = partAt(i);
      const cost = costOf(part);
      if (spent + cost > tokens) continue;
      spent += cost;
      if (i > at) [last] = [i, parts.push(part)];
      else [first] = [i, parts.unshift(part)];
    }
  }
  return { first, parts };
}
