/**
 * A `tokenizer.json` as our library must be given it to split as the Rust tokenizers do. Its patterns are
 * JavaScript's: `\w` is ASCII there, in Rust it is every letter, mark, digit and joiner of Unicode
 * (https://docs.rs/regex/latest/regex/#perl-character-classes-unicode-friendly).
 */

interface Step {
  readonly type: string;
  readonly pretokenizers?: readonly Step[];
  readonly individual_digits?: boolean;
}

const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** Returns the same object where nothing has to change. */
export function likeRust<T extends { readonly pre_tokenizer?: unknown }>(tokenizer: T): T {
  const own = tokenizer.pre_tokenizer as Step | null | undefined;
  if (own == null) return tokenizer;
  return { ...tokenizer, pre_tokenizer: stepLikeRust(own) };
}

function stepLikeRust(step: Step): unknown {
  switch (step.type) {
    case 'Sequence':
      return { ...step, pretokenizers: (step.pretokenizers ?? []).map(stepLikeRust) };
    case 'Whitespace':
      return matches(`[${WORD}]+|[^${WORD}\\p{White_Space}]+`);
    case 'WhitespaceSplit':
      // JavaScript's \s takes a byte order mark for white space.
      return matches('[^\\p{White_Space}]+');
    case 'Digits':
      return matches(`[^\\p{N}]+|\\p{N}${step.individual_digits === true ? '' : '+'}`);
    default:
      return step;
  }
}

/** Keeps what matches, and nothing between. */
function matches(pattern: string): unknown {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Removed', invert: true };
}
