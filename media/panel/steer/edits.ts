/**
 * What a person does to a chip, as a change of the query's text: the text alone says how it is steered, so it can be
 * kept, sent to others and pasted. Everything but the chip's own part stays as it was typed.
 */
import type { SteerChip } from './chips.ts';

/** Names of the two fields, in the language of the person. Queries are read with either. */
export interface SteerFields {
  readonly dimension: string;
  readonly added: string;
}

const WEIGHT = /\^(?:\d+(?:\.\d+)?|\.\d+)/u;
const CLOSERS = /["“”„‟」』](?!.*["“”„‟」』])/su;

/** The query in which a chip has this weight; 0 turns it off. */
export function weighed(query: string, chip: SteerChip, weight: number, fields: SteerFields): string {
  const { own } = chip;
  const said = `^${numberText(Math.min(chip.most, Math.max(0, weight)))}`;
  if (own === null)
    return chip.kind === 'dimension'
      ? appended(query, `${fields.dimension}:${valueText(chip.written)}${said}`)
      : spliced(query, chip.range.end, chip.range.end, said);
  const { start, end } = own.range;
  const part = query.slice(start, end);
  // An ordinary weight needs no saying, and the word is as it was typed. A field is no field without its weight.
  const isPlain = said === '^1' && (own.kind === 'weight' || own.kind === 'word' || own.kind === 'phrase');
  return spliced(query, start, end, withWeight(part, isPlain ? '' : said));
}

function withWeight(part: string, said: string): string {
  if (WEIGHT.test(part)) return part.replace(WEIGHT, said);
  const quotation = CLOSERS.exec(part);
  return quotation === null
    ? `${part}${said}`
    : spliced(part, quotation.index + 1, quotation.index + 1, said);
}

/** Keeps a dimension at the weight it has, whatever else is asked; or no longer. */
export function pinned(query: string, chip: SteerChip, fields: SteerFields): string {
  return chip.own === null ? weighed(query, chip, chip.weight, fields) : chip.own.without;
}

/** Off; or on again, as it was before anything was said of it. */
export function toggled(query: string, chip: SteerChip, fields: SteerFields): string {
  if (chip.own?.kind === 'added') return chip.own.without;
  if (chip.weight > 0) return weighed(query, chip, 0, fields);
  return chip.kind === 'dimension' && chip.own !== null ? chip.own.without : weighed(query, chip, 1, fields);
}

/** Looks for one word more, which the model does not read. */
export function withWord(query: string, word: string, fields: SteerFields): string {
  const value = plainWord(word);
  return value === '' ? query : appended(query, `${fields.added}:${valueText(value)}^1`);
}

/** Leaves out what has this word. */
export function withoutWord(query: string, word: string): string {
  const value = plainWord(word);
  return value === '' ? query : appended(query, `-"${value}"`);
}

/** A word of a passage as an operator takes it: on one line, without what would end it. */
export function plainWord(word: string): string {
  const plain = word
    .replace(/["“”„‟「」『』^]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return Array.from(plain).slice(0, 60).join('');
}

function valueText(value: string): string {
  return /^[\p{L}\p{N}#_-]+$/u.test(value) ? value : `"${value}"`;
}

function numberText(weight: number): string {
  return String(Math.round(weight * 100) / 100);
}

function appended(query: string, part: string): string {
  return query.trim() === '' ? part : `${query.trimEnd()} ${part}`;
}

function spliced(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
