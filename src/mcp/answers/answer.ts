/** The answer of a tool: fields for programs, and the same in a short text. */
import type { Engine } from '../../domain/engine.ts';
import type { Say } from '../../wording/language.ts';

export interface Answer<T> {
  readonly fields: T;
  readonly text: string;
}

/** The data and services that every answer is made with. */
export interface Asking {
  readonly engine: Engine;
  readonly labelOf: (folder: string) => string;
  readonly say: Say;
  readonly signal: AbortSignal;
  /** The progress of indexing; null where every file has been read. */
  readonly indexing: () => Promise<Indexing | null>;
}

/** Files are still being read, or their meaning added: an answer may lack some of them, or have them too low. */
export interface Indexing {
  /** Files that are found by their letters, of `total`; `done`: by their meaning too. */
  readonly read: number;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

export function indexingText({ read, done, total, secondsLeft }: Indexing, say: Say): string {
  const left =
    secondsLeft === null ? '' : say(` · 약 ${secondsLeft}초 남음`, ` · about ${secondsLeft} s left`);
  if (read === total)
    return say(
      `뜻을 더하는 중입니다(${done}/${total}${left}). 모든 파일을 글자로는 찾습니다.`,
      `Meaning is being added (${done}/${total}${left}). All files are found by their letters.`,
    );
  return say(
    `색인 중입니다(${read}/${total}${left}). 아직 읽지 않은 파일은 이름으로만 찾습니다.`,
    `Indexing (${read}/${total}${left}). Files that are not read yet are found by their names only.`,
  );
}

/** Joins the parts that are not null, with an empty line between them. */
export function paragraphs(...parts: readonly (string | null)[]): string {
  return parts.filter(part => part !== null && part !== '').join('\n\n');
}
