import type { Contribution, Hit, MatchKind } from '../../src/domain/hit.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { QueryTerm } from '../../src/domain/query.ts';
import type { SearchResult } from '../../src/domain/search.ts';
import type { TextRange } from '../../src/domain/textRange.ts';

/** Invented documents of a Korean company, and what an engine might say about them. */

export const QUERY = '연차는 며칠 전에 신청하나요';
/** As the engine sends them: without most particles and endings. */
const WORDS = ['연차는', '며칠', '전에', '신청'] as const;

interface Reason {
  readonly token: string;
  readonly kind: MatchKind;
  readonly word: number;
  readonly value: number;
  readonly channel?: Contribution['channel'];
  /** The passage's words that carry it. */
  readonly at?: readonly string[];
}

interface Draft {
  readonly id: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly reasons: readonly Reason[];
  readonly folder?: string;
}

export function places(text: string, words: readonly string[]): readonly TextRange[] {
  return words.flatMap(word => {
    const start = text.indexOf(word);
    return start < 0 ? [] : [{ start, end: start + word.length }];
  });
}

export function makeHit({ id, file, headings, text, reasons, folder = '/work/docs' }: Draft): Hit {
  const contributions = reasons
    .map(({ token, kind, word, value, channel = 'semantic', at = [] }): Contribution => ({
      id: channel === 'lexical' ? `w:${token}` : `s:${token}`,
      token,
      channel,
      kind,
      word,
      query: 1.2,
      passage: value / 1.2,
      value,
      ranges: places(text, at),
    }))
    .sort((a, b) => b.value - a.value);
  const score = contributions.reduce((sum, contribution) => sum + contribution.value, 0);
  const place = { start: 0, end: text.length, line: 12, column: 0, endLine: 15, headings };
  const written = { text, markup: 'markdown', location: { kind: 'line' } } as const;
  return { ...place, ...written, id, folder, file, score, contributions };
}

const LEAVE: Draft = {
  id: 'p-leave',
  file: '규정/취업규칙.hwpx',
  headings: ['제4장 휴가', '제27조', '연차 유급휴가의 신청'],
  text: '직원이 연차 유급휴가를 사용하고자 할 때에는 사용 예정일 3일 전까지 소속 부서장의 결재를 받아야 한다. 다만 긴급한 사유가 있는 때에는 사후 승인을 받을 수 있다.',
  reasons: [
    { token: '연차', kind: 'literal', word: 0, value: 1.91, channel: 'lexical', at: ['연차'] },
    { token: '연차', kind: 'literal', word: 0, value: 1.402, at: ['연차'] },
    { token: '휴가', kind: 'queryExpansion', word: 0, value: 2.641, at: ['휴가'] },
    { token: '3일', kind: 'queryExpansion', word: 1, value: 1.52, at: ['예정일 3일 전'] },
    { token: '신청', kind: 'documentExpansion', word: 3, value: 1.171, at: ['결재', '사후 승인'] },
    { token: '전', kind: 'literal', word: 2, value: 0.231, channel: 'lexical', at: ['전까지'] },
    { token: '부서', kind: 'queryExpansion', word: 3, value: 0.21, at: ['부서장'] },
    { token: '승인', kind: 'queryExpansion', word: 3, value: 0.14, at: ['승인'] },
    { token: '사전', kind: 'bothExpansion', word: 2, value: 0.11, at: ['예정일'] },
    { token: '기한', kind: 'bothExpansion', word: 1, value: 0.085, at: ['까지'] },
  ],
};

const GUIDE: Draft = {
  id: 'p-guide',
  file: '노트/온보딩/첫 주.md',
  headings: ['자주 묻는 것', '휴가 쓰는 법 (신입 안내)'],
  text: '그룹웨어에서 휴가 신청서를 올리면 됩니다. 쉬는 날이 길면 일주일 전에 미리 말해 주세요. 결재는 보통 하루 안에 납니다.\n\n- 반차: 오전 또는 오후 4시간\n- 대체 휴무: 팀장과 먼저 상의\n\n급한 일이 생기면 메신저로 먼저 알리고 나중에 올려도 괜찮습니다. 남은 연차는 그룹웨어 첫 화면의 오른쪽 위에 있고, 해마다 1월 1일에 새로 채워집니다. 입사 첫해에는 한 달을 꽉 채울 때마다 하루씩 생깁니다.',
  reasons: [
    { token: '휴가', kind: 'queryExpansion', word: 0, value: 2.581, at: ['휴가'] },
    { token: '신청', kind: 'literal', word: 3, value: 1.931, channel: 'lexical', at: ['신청'] },
    { token: '쉬는', kind: 'documentExpansion', word: 0, value: 1.21, at: ['쉬는 날'] },
    { token: '일주일', kind: 'queryExpansion', word: 1, value: 0.862, at: ['일주일 전'] },
    { token: '결재', kind: 'queryExpansion', word: 3, value: 0.301, at: ['결재'] },
    { token: '전', kind: 'literal', word: 2, value: 0.166, channel: 'lexical', at: ['전에'] },
  ],
};

const MEETING: Draft = {
  id: 'p-meeting',
  file: '회의록/2024-03-11.docx',
  headings: ['2024년 인사제도 개편 Q&A'],
  text: '미사용 연차는 이월하지 않고 수당으로 지급하기로 함. 세부 신청 절차는 추후 공지.',
  reasons: [
    { token: '연차', kind: 'literal', word: 0, value: 2.709, channel: 'lexical', at: ['연차'] },
    { token: '신청', kind: 'literal', word: 3, value: 1.083, channel: 'lexical', at: ['신청'] },
    { token: '수당', kind: 'bothExpansion', word: 0, value: 0.621, at: ['수당'] },
    { token: '공지', kind: 'queryExpansion', word: 1, value: 0.31, at: ['공지'] },
    { token: '절차', kind: 'queryExpansion', word: 3, value: 0.16, at: ['절차'] },
  ],
};

const TRAVEL: Draft = {
  id: 'p-travel',
  file: '규정/국내 출장 및 교육훈련 여비 지급에 관한 세부 운영 지침(2023년 개정판 최종본).pdf',
  headings: ['제2장 출장', '제11조 출장의 신청과 승인 절차에 관하여 필요한 사항'],
  text: '출장을 가려는 직원은 출발 5일 전까지 출장 신청서를 작성하여 부서장에게 제출한다.\t국외 출장은 14일 전까지로 한다.',
  reasons: [
    { token: '신청', kind: 'literal', word: 3, value: 1.74, channel: 'lexical', at: ['신청'] },
    { token: '5일', kind: 'queryExpansion', word: 1, value: 1.12, at: ['5일 전', '14일'] },
    { token: '제출', kind: 'queryExpansion', word: 3, value: 0.93, at: ['제출'] },
  ],
};

const CODE: Draft = {
  id: 'p-code',
  file: '개발/휴가봇/README.md',
  headings: [],
  text: '```ts\nexport async function requestLeave(days: number, from: Date) {\n    // 연차는   최소 3일 전에 신청\n    if (daysUntil(from) < 3) throw new TooLate();\n    return groupware.post("/leave", { days, from });\n}\n```\n\n| 종류 | 며칠 전 |\n|------|--------|\n| 연차 | 3일 |\n| 반차 | 당일 |',
  reasons: [
    { token: '연차', kind: 'literal', word: 0, value: 1.33, channel: 'lexical', at: ['연차'] },
    { token: '며칠', kind: 'literal', word: 1, value: 1.01, channel: 'lexical', at: ['며칠'] },
    { token: '신청', kind: 'literal', word: 3, value: 0.81, channel: 'lexical', at: ['신청'] },
  ],
};

export const HITS: readonly Hit[] = [LEAVE, GUIDE, MEETING, TRAVEL, CODE].map(makeHit);

const TERMS: readonly QueryTerm[] = (
  [
    { id: 's:연차', token: '연차', weight: 2.1, word: 0, expansion: false },
    { id: 's:신청', token: '신청', weight: 1.6, word: 3, expansion: false },
    { id: 's:휴가', token: '휴가', weight: 1.4, word: 0, expansion: true },
    { id: 's:며칠', token: '며칠', weight: 1.1, word: 1, expansion: false },
    { id: 's:일 전', token: '일 전', weight: 0.9, word: 1, expansion: true },
    { id: 's:승인', token: '승인', weight: 0.7, word: 3, expansion: true },
    { id: 's:결재', token: '결재', weight: 0.6, word: 3, expansion: true },
    { id: 's:사전', token: '사전', weight: 0.5, word: 2, expansion: true },
    { id: 's:수당', token: '수당', weight: 0.4, word: 0, expansion: true },
    { id: 's:기한', token: '기한', weight: 0.3, word: 1, expansion: true },
    { id: 's:휴무', token: '휴무', weight: 0.2, word: 0, expansion: true },
  ] as const
).map(term => ({ ...term, written: term.token }));

export function result(hits: readonly Hit[], change: Partial<SearchResult> = {}): SearchResult {
  let at = 0;
  const words = WORDS.map(text => {
    const start = QUERY.indexOf(text, at);
    at = start + text.length;
    return { text, range: { start, end: at } };
  });
  return {
    stage: 'final',
    model: null,
    words,
    terms: TERMS,
    hits,
    total: 27,
    milliseconds: 38.2,
    chips: [],
    suggestions: [],
    further: [],
    unconditional: null,
    rewritings: [],
    queryNotices: [],
    notice: null,
    ...change,
  };
}

/** The same hits as the literal channel alone would bring them: other scores, other order. */
export function lexicalStage(hits: readonly Hit[]): SearchResult {
  const literal = hits
    .map(hit => {
      const contributions = hit.contributions.filter(contribution => contribution.channel === 'lexical');
      return { ...hit, contributions, score: contributions.reduce((sum, { value }) => sum + value, 0) };
    })
    .filter(hit => hit.score > 0)
    .sort((a, b) => b.score - a.score);
  return result(literal, {
    stage: 'lexical',
    terms: TERMS.filter(term => !term.expansion),
    total: literal.length,
    milliseconds: 6,
  });
}

/** `count` hits, each a variation on the samples. */
export function manyHits(count: number): readonly Hit[] {
  return Array.from({ length: count }, (_, index) => {
    const hit = HITS[index % HITS.length]!;
    const scale = 1 - index / (count + 1);
    return {
      ...hit,
      id: `p-${index}`,
      headings: [...hit.headings.slice(0, -1), `${index + 1}. ${hit.headings.at(-1) ?? '메모'}`],
      score: hit.score * scale,
      contributions: hit.contributions.map(contribution => ({
        ...contribution,
        value: contribution.value * scale,
      })),
    };
  });
}

export const IDLE: EngineStatus = {
  activity: 'idle',
  done: 1204,
  read: 1204,
  total: 1204,
  documents: 1204,
  passages: 18_422,
  failed: 0,
  skipped: 12,
  bytes: 31_457_280,
  tokensPerSecond: 760,
  secondsLeft: null,
  model: null,
  switching: null,
  job: null,
  problem: null,
};

export const INDEXING: EngineStatus = {
  ...IDLE,
  activity: 'indexing',
  done: 423,
  read: 450,
  total: 501,
  documents: 423,
  secondsLeft: 118,
};
