/** Tells whether the name of a model dimension is a word that stands in a text, or one that the model added. */
import { normalizeForSearch } from '../../text/normalize.ts';

/**
 * `normalized` is the whole text in the search form, `surface` the word that activated the dimension. The
 * dictionary form of a verb or adjective (받다) stands in a text as its stem at the beginning of a word.
 */
export function standsIn(name: string, normalized: string, surface: string): boolean {
  const wanted = normalizeForSearch(name).text;
  if (wanted === '') return false;
  if (LATIN.test(wanted)) return wholeWord(wanted).test(normalized);
  if (normalized.includes(wanted))
    return wanted.length > 1 || normalizeForSearch(surface).text.includes(wanted);
  if (wanted.length < 2 || !wanted.endsWith('다')) return false;
  return normalizeForSearch(surface).text.startsWith(wanted.slice(0, -1));
}

const LATIN = /^[\p{Script=Latin}\p{N}]/u;

/** Matches a Latin word as a whole (Korean particles may follow it). */
export function wholeWord(word: string): RegExp {
  return new RegExp(String.raw`(?<![\p{Script=Latin}\p{N}])${quoted(word)}(?![\p{Script=Latin}\p{N}])`, 'gu');
}

/** Escapes a text for a regular expression that matches it; a hyphen needs no escape, and the `u` flag refuses one. */
export function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
