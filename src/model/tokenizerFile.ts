/**
 * Adapts a `tokenizer.json` so that our library splits as the Rust tokenizers do. Its patterns are JavaScript's: `\w`
 * is ASCII there, while in Rust it is every letter, mark, digit and joiner of Unicode
 * (https://docs.rs/regex/latest/regex/#perl-character-classes-unicode-friendly).
 */

interface Step {
  readonly type: string;
  readonly pretokenizers?: readonly Step[];
  readonly individual_digits?: boolean;
  readonly behavior?: string;
  readonly replacement?: string;
  readonly split?: boolean;
}

/** Unicode's punctuation, and every ASCII sign. */
const PUNCTUATION = '\\p{P}\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e';
const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

interface Normalizer {
  readonly type: string;
  readonly normalizers?: readonly Normalizer[];
  readonly strip_left?: boolean;
  readonly strip_right?: boolean;
}

export function likeRust<T extends { readonly normalizer?: unknown; readonly pre_tokenizer?: unknown }>(
  tokenizer: T,
): T {
  const normalizer = tokenizer.normalizer as Normalizer | null | undefined;
  const splitting = tokenizer.pre_tokenizer as Step | null | undefined;
  return {
    ...tokenizer,
    ...(normalizer == null ? {} : { normalizer: normalizerLikeRust(normalizer) }),
    ...(splitting == null ? {} : { pre_tokenizer: stepLikeRust(splitting) }),
  };
}

function normalizerLikeRust(own: Normalizer): unknown {
  switch (own.type) {
    case 'Sequence':
      return { ...own, normalizers: (own.normalizers ?? []).map(normalizerLikeRust) };
    case 'Strip':
      // JavaScript also trims a byte order mark.
      return sequence([
        ...(own.strip_left === false ? [] : [replace('^\\p{White_Space}+', '')]),
        ...(own.strip_right === false ? [] : [replace('\\p{White_Space}+$', '')]),
      ]);
    case 'Nmt':
      // Our library lacks this step: control characters go, odd white space becomes a blank (`do_nmt` in tokenizers).
      return sequence([
        replace('[\\u0001-\\u0008\\u000b\\u000e-\\u001f\\u007f\\u008f\\u009f]', ''),
        replace(
          '[\\u0009\\u000a\\u000c\\u000d\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]',
          ' ',
        ),
      ]);
    default:
      return own;
  }
}

function sequence(normalizers: readonly unknown[]): unknown {
  return { type: 'Sequence', normalizers };
}

function replace(pattern: string, content: string): unknown {
  return { type: 'Replace', pattern: { Regex: pattern }, content };
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
    case 'Punctuation':
      // Our library keeps neighbouring signs together.
      return (step.behavior ?? 'Isolated').toLowerCase() === 'isolated'
        ? matches(`[${PUNCTUATION}]|[^${PUNCTUATION}]+`)
        : step;
    case 'Metaspace':
      return wordsOfMetaspace(step);
    default:
      return step;
  }
}

/** Our library leaves the whole text one word, which none of its words could be remembered of. */
function wordsOfMetaspace(step: Step): unknown {
  const { replacement = '\u2581', split = true } = step;
  if (!split || [...replacement].length !== 1) return step;
  const mark = `\\u{${replacement.codePointAt(0)!.toString(16)}}`;
  return { type: 'Sequence', pretokenizers: [step, matches(`${mark}[^${mark}]*|[^${mark}]+`)] };
}

/** Keeps what matches, and nothing between. */
function matches(pattern: string): unknown {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Removed', invert: true };
}
