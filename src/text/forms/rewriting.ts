/** What a query word was also looked for as. */
import type { RewritingKind } from '../../domain/rewriting.ts';

/**
 * - `date`, `amount`: another way to write it (2024-03-15 -> 2024년 3월 15일, 100만원 -> 1,000,000원);
 * - `joined`: with or without its hyphens and blanks (wifi -> Wi-Fi, 16 GB -> 16GB);
 * - `part`: a longer word that begins with it or has it (kube -> kubernetes);
 * - `composition`: loose jamo put together (ㅎㅗㅣㅇㅡㅣ -> 회의);
 * - `initials`: 초성, alone or mixed with syllables (ㅎㅇㄹ, 회ㅇㄹ -> 회의록);
 * - `halfTyped`: the last syllable is not finished (회으 -> 회의);
 * - `layout`: typed on the other keyboard layout (ghldml -> 회의, ㅏㅕㅠㄷ -> kube);
 * - `hanja`: 한자 by its reading (檢討 -> 검토);
 * - `loanword`: another spelling of a loan word (컨텐츠 -> 콘텐츠);
 * - `sound`: the same word in the other letters (테라폼 -> terraform);
 * - `glossary`: the same term in other words or letters (쿠버네티스 -> kubernetes);
 * - `typo`: one or two wrong keystrokes (회위록 -> 회의록);
 * - `inflection`: other forms of a verb or adjective (먹다 -> 먹었-).
 */
export type { RewritingKind };

export interface Rewriting {
  readonly kind: RewritingKind;
  /** The query word as it was typed. */
  readonly from: string;
  /** The word that a chip names. */
  readonly to: string;
  /** Words that are looked for: `to` itself, but for an inflection, whose forms begin in several ways. */
  readonly searched: readonly string[];
  /** Keys of expressions (`text/expressions`) that are looked for in place of words. */
  readonly expressions?: readonly string[];
  /** Whether longer words that begin with a searched one are meant too. */
  readonly prefix: boolean;
  /** How sure it is that this was meant, 0..1. A caller may use it as a weight: it is always below a literal word's 1. */
  readonly confidence: number;
}
