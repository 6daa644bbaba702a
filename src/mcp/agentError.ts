/** The error of a call, returned as its result: the text says what to do next. */
import { quotedLine } from './answers/quotation.ts';
import type { Say } from '../wording/language.ts';

interface Details {
  readonly emptyQuery: object;
  readonly unknownFolder: { readonly name: string; readonly known: readonly string[] };
  readonly unknownFile: { readonly name: string; readonly similar: readonly string[] };
  readonly ambiguousFile: { readonly name: string; readonly similar: readonly string[] };
  /** `uri` addresses the document as a resource. */
  readonly notIndexed: { readonly name: string; readonly uri: string };
  readonly noPlace: { readonly name: string; readonly place: string };
  readonly unknownId: { readonly id: string };
  readonly nothingNamed: object;
  readonly unknownDate: { readonly text: string };
  readonly unknownCursor: object;
  readonly unknownUri: { readonly uri: string };
}

type Code = keyof Details;
export type AgentProblem = { readonly [C in Code]: { readonly code: C } & Details[C] }[Code];

export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly problem: AgentProblem;

  constructor(problem: AgentProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Names come from outside, so each is one quoted line. */
const TEXTS: { readonly [C in Code]: (problem: Details[C], say: Say) => string } = {
  emptyQuery: (_, say) =>
    say(
      '질의가 비었습니다. 찾을 낱말이나 문장을 query에 넣으세요.',
      'The query is empty. Put words or a sentence into query.',
    ),
  unknownFolder: ({ name, known }, say) =>
    say(
      `열린 폴더가 아닙니다: ${quotedLine(name)}. 열린 폴더: ${list(known)}.`,
      `Not an open folder: ${quotedLine(name)}. Open folders: ${list(known)}.`,
    ),
  unknownFile: ({ name, similar }, say) =>
    similar.length === 0
      ? say(
          `열린 폴더에 그런 문서가 없습니다: ${quotedLine(name)}. search로 찾아 그 file을 쓰세요.`,
          `No open folder has this document: ${quotedLine(name)}. Find it with search and use its file.`,
        )
      : say(
          `열린 폴더에 그런 문서가 없습니다: ${quotedLine(name)}. 비슷한 이름: ${list(similar)}.`,
          `No open folder has this document: ${quotedLine(name)}. Similar names: ${list(similar)}.`,
        ),
  ambiguousFile: ({ name, similar }, say) =>
    say(
      `여러 문서가 이 이름입니다: ${quotedLine(name)}. 하나를 고르세요: ${list(similar)}.`,
      `Several documents have this name: ${quotedLine(name)}. Choose one: ${list(similar)}.`,
    ),
  notIndexed: ({ name, uri }, say) =>
    say(
      `색인에 이 문서의 글이 없습니다: ${quotedLine(name)}. explain이나 status로 이유를 보거나 리소스 ${uri}를 읽으세요.`,
      `The index has no text of this document: ${quotedLine(name)}. See explain or status for the reason, or read the resource ${uri}.`,
    ),
  noPlace: ({ name, place }, say) =>
    say(
      `이 문서에 그런 곳이 없습니다: ${quotedLine(name)}, ${quotedLine(place)}. outline으로 목차를 보세요.`,
      `The document has no such place: ${quotedLine(name)}, ${quotedLine(place)}. See outline for what it has.`,
    ),
  unknownId: ({ id }, say) =>
    say(
      `문단의 id가 아닙니다: ${quotedLine(id)}. search가 준 id를 그대로 쓰세요.`,
      `Not the id of a passage: ${quotedLine(id)}. Use an id as search gave it.`,
    ),
  nothingNamed: (_, say) =>
    say('id나 file을 주세요. search가 둘 다 알려 줍니다.', 'Give an id or a file; search tells both.'),
  unknownDate: ({ text }, say) =>
    say(
      `날짜를 읽을 수 없습니다: ${quotedLine(text)}. 2026-07-01처럼 쓰세요.`,
      `Not a date: ${quotedLine(text)}. Write it as 2026-07-01.`,
    ),
  unknownCursor: (_, say) =>
    say(
      '이 물음의 cursor가 아닙니다. 같은 인자로 cursor 없이 다시 부르세요.',
      'The cursor is not of this question. Call again with the same arguments and no cursor.',
    ),
  unknownUri: ({ uri }, say) =>
    say(
      `열린 폴더의 문서가 아닙니다: ${quotedLine(uri)}. malmoi://폴더/경로로 쓰세요.`,
      `Not a document of an open folder: ${quotedLine(uri)}. Write it as malmoi://folder/path.`,
    ),
};

export function problemText(problem: AgentProblem, say: Say): string {
  // There is one function for each code; the type of the table guarantees that it fits the details.
  const text = TEXTS[problem.code] as (problem: AgentProblem, say: Say) => string;
  return text(problem, say);
}

function list(names: readonly string[]): string {
  return names.map(name => JSON.stringify(quotedLine(name))).join(', ');
}
