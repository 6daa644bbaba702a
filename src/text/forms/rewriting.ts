/** Another form that a query word is also searched for. */
import type { RewritingKind } from '../../domain/rewriting.ts';

/**
 * The kinds of other forms:
 * - `date`, `amount`: another way to write it (2024-03-15 -> 2024년 3월 15일, 100만원 -> 1,000,000원);
 * - `joined`: with or without its hyphens and blanks (wifi -> Wi-Fi, 16 GB -> 16GB);
 * - `part`: a longer word that begins with it or contains it (kube -> kubernetes);
 * - `composition`: separate jamo put together (ㅎㅗㅣㅇㅡㅣ -> 회의);
 * - `initials`: 초성, alone or mixed with syllables (ㅎㅇㄹ, 회ㅇㄹ -> 회의록);
 * - `halfTyped`: the last syllable is not finished (회으 -> 회의);
 * - `layout`: typed on the other keyboard layout (ghldml -> 회의, ㅏㅕㅠㄷ -> kube);
 * - `hanja`: 한자 by its reading (檢討 -> 검토);
 * - `loanword`: another spelling of a loan word (컨텐츠 -> 콘텐츠);
 * - `sound`: the same word in the other script (테라폼 -> terraform);
 * - `glossary`: the same term in other words or scripts (쿠버네티스 -> kubernetes);
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
  /** Words that are searched for: only `to`, except for an inflection, whose forms begin in several ways. */
  readonly searched: readonly string[];
  /** Keys of expressions (`text/expressions`) that are searched for in place of words. */
  readonly expressions?: readonly string[];
  /** Whether longer words that begin with a searched one match too. */
  readonly prefix: boolean;
  /**
   * Confidence that this was meant, 0..1. A caller may use it as a weight: it is always below 1, the weight
   * of the word itself.
   */
  readonly confidence: number;
}
