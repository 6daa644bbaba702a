/** Describes, in lines for people, how a query was analysed: its clauses, notices and other forms of its words. */
import type { QueryChip, QueryNotice, QueryNoticeKind } from '../domain/query.ts';
import type { RewritingKind } from '../domain/rewriting.ts';
import type { SearchResult } from '../domain/search.ts';

const KINDS: Readonly<Record<QueryChip['kind'], string>> = {
  word: '낱말 / word',
  phrase: '구 / phrase',
  meaning: '뜻 / meaning',
  weight: '가중치 / weight',
  dimension: '모델의 말 / dimension of the model',
  added: '더한 낱말 / added word',
  path: '경로 / path',
  extension: '형식 / type',
  tag: '태그 / tag',
  heading: '제목 / heading',
  modified: '수정일 / modified',
};

const REWRITINGS: Readonly<Record<RewritingKind, string>> = {
  date: '날짜 / date',
  amount: '금액·수 / amount',
  joined: '붙여 쓴 꼴 / joined',
  part: '낱말의 일부 / part of a word',
  composition: '낱자 / letters',
  initials: '초성 / initials',
  halfTyped: '덜 친 말 / unfinished',
  layout: '자판 / keyboard',
  hanja: '한자 / hanja',
  loanword: '외래어 / loan word',
  sound: '소리 / sound',
  glossary: '같은 말 / same term',
  typo: '오타 / typo',
  inflection: '활용 / inflection',
};

const NOTICES: Readonly<Record<QueryNoticeKind, string>> = {
  unclosedQuote: '닫지 않은 따옴표라 글자로 찾았습니다 / quotation not closed, searched as text',
  emptyQuote: '따옴표 안에 낱말이 없습니다 / no word in the quotation',
  operatorWithoutWord: '뒤에 붙은 낱말이 없어 글자로 보았습니다 / no word right after it, searched as text',
  weightWithoutNumber: '^ 뒤에 숫자가 없어 글자로 찾았습니다 / no number after ^, searched as text',
  weightBounded: '가중치는 0.1에서 10까지입니다 (끄려면 0) / weights are from 0.1 to 10 (0 turns a word off)',
  weightUnused: '제외하는 말에는 가중치가 없습니다 / an excluded word can’t have a weight',
  fieldWithoutValue: '값이 없어 글자로 찾았습니다 / no value, searched as text',
  unknownField: '모르는 항목이라 글자로 찾았습니다 / unknown field, searched as text',
  unknownDate: '알 수 없는 날짜라 글자로 찾았습니다 / unknown date, searched as text',
  unknownPath: '그런 폴더나 파일이 없어 글자로 찾았습니다 / no such folder or file, searched as text',
  unknownExtension: '그런 형식의 파일이 없어 글자로 찾았습니다 / no file of that type, searched as text',
  unknownTag: '그런 태그가 없어 글자로 찾았습니다 / no such tag, searched as text',
  unknownDimension: '모델이 모르는 말이라 글자로 찾았습니다 / the model has no such dimension, taken as text',
  tooManyParts: '조건이 너무 많아 글자로 찾았습니다 / too many conditions, searched as text',
  tooLong: '긴 글이라 연산자를 보지 않았습니다 / long text: operators were ignored',
  needsMeaning: '뜻으로 찾을 수 없어 쓰이지 않았습니다 / not applied: no search by meaning',
};

/** One line for each chip, suggestion and notice, and lines about what was not shown. */
export function linesOfQuery(query: string, result: SearchResult): string[] {
  const { chips, suggestions, queryNotices, rewritings, hits, further, unconditional } = result;
  const placed = ({ start, end }: QueryNotice['range']): string => query.slice(start, end);
  return [
    ...chips.map(
      chip =>
        `[${KINDS[chip.kind]}] ${chip.negative ? '≠ ' : ''}${chip.text}${weightOf(chip)}${timesOf(chip)}${hiddenText(chip)}`,
    ),
    ...rewritings.map(
      ({ kind, from, to }) =>
        `[${REWRITINGS[kind]}] '${to}'(으)로도 찾음 / also searched for '${to}' (${from})`,
    ),
    ...suggestions.map(
      ({ kind, negative, text, query: turnedOn }) =>
        `조건으로 쓰려면 / as a condition (${KINDS[kind]} ${negative ? '≠ ' : ''}${text}): ${turnedOn}`,
    ),
    ...queryNotices.map(({ kind, range }) => `"${placed(range)}": ${NOTICES[kind]}`),
    ...(unconditional === null
      ? []
      : [
          `조건에 맞는 것이 없습니다. 조건 없이는 ${unconditional.total}개: ${unconditional.query} / ` +
            `Nothing meets the conditions. Results without them: ${unconditional.total}: ${unconditional.query}`,
        ]),
    ...(hits.length > 0 || further.length === 0
      ? []
      : [
          `비슷한 것이 없습니다. 먼 것 ${further.length}개는 --far 로 볼 수 있습니다. / ` +
            `Nothing similar; --far shows ${further.length} less relevant passages.`,
        ]),
  ];
}

function weightOf({ weight }: QueryChip): string {
  return weight === 1 ? '' : ` ×${weight}`;
}

function hiddenText({ hides }: QueryChip): string {
  if (hides === undefined || hides.count === 0) return '';
  const { count, isExact } = hides;
  return isExact ? ` — ${count}개 가림 / ${count} hidden` : ` — 약 ${count}개 가림 / about ${count} hidden`;
}

function timesOf({ modified }: QueryChip): string {
  if (modified === null) return '';
  const { from, before } = modified;
  // The last day is included, as people say it.
  return ` (${dayOf(from)} ~ ${dayOf(before === null ? null : before - 1)})`;
}

function dayOf(time: number | null): string {
  if (time === null) return '';
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
