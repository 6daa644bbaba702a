/** A hit as an agent gets it: fields for programs, and a block of text for clients that show only text. */
import type { Hit } from '../../domain/hit.ts';
import type { QueryWord } from '../../domain/query.ts';
import type { Say } from '../../wording/language.ts';
import { matchedWords, wordsText, type MatchedWord } from './matchedWords.ts';
import { passageName } from './passageId.ts';
import { placeAnswer, placeText, type PlaceAnswer } from './place.ts';
import { quoted, quotedLine, quotedName, type Quotation } from './quotation.ts';

/** `quote`, `file` and `headings` are the document's own words. */
export interface HitAnswer {
  readonly id: string;
  readonly folder: string;
  readonly file: string;
  readonly place: PlaceAnswer;
  readonly headings: readonly string[];
  /** 10 is a passage that matches the whole query; a higher score means that its file has that name too. */
  readonly score: number;
  /** True for a hit that is too weak to be an answer. */
  readonly isWeak: boolean;
  /** True for a file that is not read yet and was found by its name. */
  readonly isWaiting: boolean;
  /** Found by its letters alone: its meaning is still to come, and it may rank higher then. */
  readonly isPending: boolean;
  readonly words: readonly MatchedWord[];
  readonly quote: string;
  readonly isCut: boolean;
}

export interface HitContext {
  /** The label of a folder, given its absolute path. */
  readonly labelOf: (folder: string) => string;
  /** Query words of the search that found the hit. */
  readonly wordsOf: (hit: Hit) => readonly QueryWord[];
}

export function hitAnswer(hit: Hit, isWeak: boolean, { labelOf, wordsOf }: HitContext): HitAnswer {
  const folder = labelOf(hit.folder);
  return {
    id: passageName(folder, hit.file, hit.start, hit.id),
    folder,
    file: quotedName(hit.file),
    place: placeAnswer(hit),
    headings: hit.headings.map(quotedLine),
    score: Math.round(hit.score * 100) / 100,
    isWeak,
    isWaiting: hit.waiting === true,
    isPending: hit.pending === true,
    words: matchedWords(hit, wordsOf(hit)),
    quote: quoted(hit.text),
    isCut: false,
  };
}

/** Everything that comes out of the document stands between the marks, including its name and headings. */
export function hitText(hit: HitAnswer, number: number, quotation: Quotation, say: Say): string {
  const place = hit.isWaiting ? say('아직 읽지 않음', 'not read yet') : placeText(hit.place, say);
  const weak = hit.isWeak ? say(' · 약한 결과', ' · weak') : '';
  const pending = hit.isPending ? say(' · 아직 글자로만', ' · by its letters only so far') : '';
  const words = hit.words.length === 0 ? '' : ` · ${wordsText(hit.words, say)}`;
  const head = `${number}. ${say('점수', 'score')} ${hit.score}${weak}${pending} · ${place}${words}`;
  const trail = hit.headings.length === 0 ? [] : [hit.headings.join(' › ')];
  const text = hit.quote === '' ? [] : [`${hit.quote}${hit.isCut ? ' […]' : ''}`];
  return `${head}\n${quotation.wrap([hit.id, ...trail, ...text].join('\n'))}`;
}
