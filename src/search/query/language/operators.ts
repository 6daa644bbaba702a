/**
 * Finds operators and quotations of a query (in the search form): `"구"`, `-제외`, `+필수`, `~-뜻`, `예산^2`,
 * `path:회의`.
 *
 * An operator stands at the beginning of a word; `operatorRules.ts` says when a sign is not one (`git commit
 * -m`). Parts that are not understood stay text, with a notice.
 */
import { dateSpan } from './dates.ts';
import { fieldOf, type Field } from './fields.ts';
import { isInchMark, isInCommand, isNumberOrLetter, isWeighable } from './operatorRules.ts';
import { extensionsOf } from './formats.ts';
import { part, type Found, type Part, type Remark, type Span } from './parsedQuery.ts';
import { afterQuotation, headingBefore } from './phrases.ts';
import { isOpener, OPENERS, quotedAt } from './quotes.ts';
import { DIMENSION_WEIGHTS, weightAt, WORD_WEIGHTS } from './weight.ts';

const BLANK = /\s/u;
const MEANING = /[\p{L}\p{N}]/u;
const OPERATOR = /~[-−]|[-−]~|[-−](?![-−])|\+(?!\+)/uy;
/** Punctuation after a word, which does not belong to it. */
const PUNCTUATION = /[,.;:!?]+$/u;
const FIELD = /([\p{L}]+):/uy;
const BARE = new RegExp(String.raw`[^\s${OPENERS}]+`, 'uy');
/** Korean particles that are written right after a quotation. */
const PARTICLE = /(?:이라는|라는|이라고|라고|에서|으로|을|를|은|는|이|가|의|에|로|와|과|도|만)(?=\s|$)/uy;

/** Fields whose value is a date. */
const DATES: ReadonlySet<Field> = new Set(['after', 'before', 'modified']);

interface Operand {
  readonly value: Span;
  readonly next: number;
  readonly quoted: boolean;
}

interface SignedSpan extends Span {
  readonly negative: boolean;
}

export function operatorsOf(text: string, today: Date): Found {
  return new OperatorScan(text, today).run();
}

class OperatorScan {
  readonly #text: string;
  readonly #today: Date;
  readonly #parts: Part[] = [];
  readonly #offers: Part[] = [];
  readonly #remarks: Remark[] = [];

  constructor(text: string, today: Date) {
    this.#text = text;
    this.#today = today;
  }

  run(): Found {
    for (let at = 0; at < this.#text.length;) at = this.#token(at);
    return { parts: this.#parts, offers: this.#offers, remarks: this.#remarks };
  }

  #remark(kind: Remark['kind'], start: number, end: number): void {
    // The text after a mark that closes nothing is scanned again.
    const known = this.#remarks.some(remark => remark.kind === kind && remark.start === start);
    if (!known) this.#remarks.push({ kind, start, end });
  }

  #match(expression: RegExp, at: number): RegExpExecArray | null {
    expression.lastIndex = at;
    return expression.exec(this.#text);
  }

  /** Reads the token at `at`: a blank, the beginning of a word, or a quotation mark. Returns where to go on. */
  #token(at: number): number {
    const unit = this.#text[at]!;
    if (BLANK.test(unit)) return at + 1;
    const operator = this.#match(OPERATOR, at)?.[0] ?? '';
    const start = at + operator.length;
    const field = this.#match(FIELD, start);
    if (field !== null) {
      const next = this.#field(at, operator, field);
      if (next !== null) return next;
    }
    if (operator !== '') return this.#signed(at, operator);
    // The digits of a weight are no inches: 예산^2"정확한 구".
    const followsWeight = this.#parts.at(-1)?.end === at;
    if (!followsWeight && isInchMark(this.#text, at)) return at + 1;
    return isOpener(unit) ? this.#phrase(at) : this.#bare(at);
  }

  /** A quotation, or a word up to the next blank or quotation mark; null where there is neither. */
  #operand(at: number): Operand | null {
    if (isOpener(this.#text[at])) {
      const quoted = quotedAt(this.#text, at);
      if (quoted !== null) return { value: this.#trimmed(quoted), next: quoted.next, quoted: true };
      this.#remark('unclosedQuote', at, at + 1);
      return this.#operand(at + 1);
    }
    const found = this.#match(BARE, at);
    if (found === null) return null;
    const end = at + found[0].length;
    return { value: { start: at, end }, next: end, quoted: false };
  }

  #trimmed({ start, end }: Span): Span {
    const text = this.#text.slice(start, end);
    const from = start + (text.length - text.trimStart().length);
    return { start: from, end: Math.max(from, end - (text.length - text.trimEnd().length)) };
  }

  #has(value: Span): boolean {
    return MEANING.test(this.#text.slice(value.start, value.end));
  }

  #phrase(at: number): number {
    const quoted = quotedAt(this.#text, at);
    if (quoted === null) {
      this.#remark('unclosedQuote', at, at + 1);
      return at + 1;
    }
    const value = this.#trimmed(quoted);
    if (!this.#has(value)) {
      this.#remark('emptyQuote', at, quoted.next);
      return quoted.next;
    }
    this.#offerAround(at, quoted.next, value);
    const { weight, next } = this.#weight(quoted.next, false, true);
    const last = next + (this.#match(PARTICLE, next)?.[0].length ?? 0);
    this.#parts.push(part({ kind: 'phrase', start: at, end: last, value, searched: true, weight }));
    return last;
  }

  /** Offers conditions made of a quotation and the words around it: `제목에 "예산"`, `"my notes" 폴더에서`. */
  #offerAround(at: number, end: number, value: Span): void {
    const heading = headingBefore(this.#text, at, this.#parts.at(-1)?.end ?? 0);
    const after = afterQuotation(this.#text, end);
    if (after.kind === 'phrase' && !after.negative && heading === null) return;
    const kind = after.kind === 'phrase' && heading !== null ? 'heading' : after.kind;
    const start = kind === 'heading' ? heading! : at;
    this.#offers.push(part({ kind, negative: after.negative, start, end: after.end, value }));
  }

  /** The weight at `at`, if any, and where it ends. */
  #weight(at: number, unused: boolean, isQuoted = false): { weight: number; next: number } {
    if (this.#text[at] !== '^') return { weight: 1, next: at };
    const found = weightAt(this.#text, at, WORD_WEIGHTS, isQuoted);
    if (found === null) {
      const end = at + (this.#match(BARE, at)?.[0].length ?? 1);
      this.#remark('weightWithoutNumber', at, end);
      return { weight: 1, next: at };
    }
    if (unused) this.#remark('weightUnused', at, found.end);
    else if (found.bounded) this.#remark('weightBounded', at, found.end);
    return { weight: unused ? 1 : found.weight, next: found.end };
  }

  /** Reads `-word`, `+word` or `~-word`, also with quotations. */
  #signed(at: number, operator: string): number {
    const start = at + operator.length;
    const following = this.#text[start];
    if (following === undefined || BLANK.test(following)) {
      this.#remark('operatorWithoutWord', at, start);
      return start;
    }
    const operand = this.#operand(start);
    if (operand === null) return start;
    if (!operand.quoted && this.#isText(at, operator, operand.value)) return operand.next;
    const caret = operand.quoted ? operand.next : this.#endOf(operand.value);
    const value = operand.quoted ? operand.value : { start: operand.value.start, end: caret };
    if (!this.#has(value)) {
      if (operand.quoted) this.#remark('emptyQuote', start, operand.next);
      return operand.next;
    }
    const negative = operator !== '+';
    const { weight, next } = this.#weight(caret, negative);
    const isMeaning = operator.includes('~');
    const particle = operand.quoted ? (this.#match(PARTICLE, next)?.[0].length ?? 0) : 0;
    const kind = isMeaning ? 'meaning' : operand.quoted ? 'phrase' : 'word';
    const end = next + particle;
    this.#parts.push(part({ kind, negative, start: at, end, value, searched: !negative, weight }));
    return end;
  }

  /** Whether a sign belongs to a number or to a command's option (`-15`, `-g`, `ls -al`) and so is not an operator. */
  #isText(at: number, operator: string, { start, end }: Span): boolean {
    if (operator.includes('~')) return false;
    const word = this.#text.slice(start, end);
    if (isNumberOrLetter(word)) return true;
    if (operator === '+' || !isInCommand(this.#text.slice(0, at), word)) return false;
    this.#offers.push(part({ kind: 'phrase', negative: true, start: at, end, value: { start, end } }));
    return true;
  }

  /** Position of the last `^` of a word, unless it is the first character; otherwise the word's end. */
  #caretIn({ start, end }: Span): number {
    const caret = this.#text.slice(start, end).lastIndexOf('^');
    return caret <= 0 ? end : start + caret;
  }

  /** The end of a word: before its weight, or before the punctuation after it. */
  #endOf(word: Span): number {
    const caret = this.#caretIn(word);
    return caret < word.end ? caret : word.end - (this.#last(word)?.length ?? 0);
  }

  #last({ start, end }: Span): string | undefined {
    return PUNCTUATION.exec(this.#text.slice(start, end))?.[0];
  }

  #bare(at: number): number {
    const end = at + this.#match(BARE, at)![0].length;
    const caret = this.#caretIn({ start: at, end });
    if (caret === end) {
      const isSaid = this.#remarks.at(-1)?.start === at;
      if (this.#text[at] === '^' && !isSaid) this.#remark('operatorWithoutWord', at, end);
      return end;
    }
    const { weight, next } = this.#weight(caret, false);
    const value = { start: at, end: caret };
    if (next === caret || !isWeighable(this.#text.slice(at, caret))) return end;
    this.#parts.push(part({ kind: 'weight', start: at, end: next, value, searched: true, weight }));
    return next;
  }

  /** Reads `field:value`; null where it is not one, and the text is then read as a word. */
  #field(at: number, operator: string, [name, word]: RegExpExecArray): number | null {
    const from = at + operator.length + name.length;
    const field = fieldOf(word!);
    const following = this.#text[from];
    if (field === null) {
      const looksMeant =
        /^[a-z]{2,}$/u.test(word!) && following !== undefined && /["“\p{L}]/u.test(following);
      if (looksMeant) this.#remark('unknownField', at, from);
      return null;
    }
    if (following === undefined || BLANK.test(following)) {
      this.#remark('fieldWithoutValue', at, from);
      return from;
    }
    const operand = this.#operand(from);
    if (operand === null || operand.value.end <= operand.value.start) {
      this.#remark('fieldWithoutValue', at, operand?.next ?? from);
      return operand?.next ?? from;
    }
    if (field === 'dimension' || field === 'added') return this.#steering(field, at, operator, operand);
    const { value, next } = operand;
    const negative = /[-−]/u.test(operator);
    const made = this.#fieldPart(field, value, { start: at, end: next, negative });
    if (made === null) this.#remark(DATES.has(field) ? 'unknownDate' : 'fieldWithoutValue', at, next);
    else this.#parts.push(made);
    return next;
  }

  /**
   * `뜻:휴가^1.4`, `낱말:결재^2`: no operator without a weight, for people write these words before a colon in notes
   * as well.
   */
  #steering(kind: 'dimension' | 'added', at: number, operator: string, operand: Operand): number | null {
    const caret = operand.quoted ? operand.next : this.#caretIn(operand.value);
    const range = kind === 'dimension' ? DIMENSION_WEIGHTS : WORD_WEIGHTS;
    const found = this.#text[caret] === '^' ? weightAt(this.#text, caret, range) : null;
    const value = operand.quoted ? operand.value : { start: operand.value.start, end: caret };
    if (operator !== '' || found === null || value.end <= value.start) return null;
    if (kind === 'added' && !this.#has(value)) return null;
    if (found.bounded) this.#remark('weightBounded', at, found.end);
    const own = { kind, start: at, end: found.end, value, weight: found.weight };
    this.#parts.push(part({ ...own, searched: kind === 'added' }));
    return found.end;
  }

  #fieldPart(field: Field, value: Span, own: SignedSpan): Part | null {
    const text = this.#text.slice(value.start, value.end);
    if (field === 'path') return part({ ...own, kind: field, value });
    if (field === 'extension')
      return extensionsOf(text).length === 0 ? null : part({ ...own, kind: field, value });
    if (field === 'after' || field === 'before') return this.#datePart(field, text, value, own);
    if (field === 'modified') {
      const modified = dateSpan(text, this.#today);
      return modified === null ? null : part({ ...own, kind: field, value, modified });
    }
    const marked = field === 'tag' && text.startsWith('#');
    const named = { start: value.start + (marked ? 1 : 0), end: value.end };
    return this.#has(named)
      ? part({ ...own, kind: field, value: named, searched: field === 'heading' && !own.negative })
      : null;
  }

  #datePart(field: 'after' | 'before', text: string, value: Span, own: SignedSpan): Part | null {
    const span = dateSpan(text, this.#today);
    if (span === null) return null;
    // "Not after a day" means before it.
    const isAfter = (field === 'after') !== own.negative;
    const modified = { from: isAfter ? span.from : null, before: isAfter ? null : span.from };
    return part({ ...own, kind: 'modified', negative: false, value, modified });
  }
}
