/** Tags of a note: those of its front matter, and `#tags` in its text. */
import { normalizeForSearch } from './normalize.ts';

/** Hard ends, so that a hostile file costs no more than itself. */
const MAX_TAGS = 256;
const MAX_LENGTH = 100;

/**
 * One or more `#tags` in a row (#하나#둘). Not in a word, an address, a path or an entity (C#, /#part, &#35;), nor
 * after a backslash.
 */
const TAGS = /(?<![\p{L}\p{N}\p{M}_#＃/\\&=:.?~-])(?:[#＃][\p{L}\p{N}\p{M}_/-]+)+/gu;
/** #fff, #a0b1c2: as long as colours are, and nothing but hexadecimal digits. */
const COLOUR = /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/u;

/** `#Tag ` -> `tag`: composed, in lower case, without marks at its edges. */
export function normalizeTag(written: string): string {
  return normalizeForSearch(written)
    .text.trim()
    .replace(/^#+/u, '')
    .replace(/\s*\/+\s*/gu, '/')
    .replace(/^[\s/]+|[\s/]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .slice(0, MAX_LENGTH);
}

/** Tags in prose. Numbers (#123) and colours (#fff) are none. */
export function tagsInText(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(TAGS))
    for (const written of run.split(/[#＃]/u).slice(1)) {
      const tag = normalizeTag(written.replace(/[-_/]+$/u, ''));
      if (/\p{L}/u.test(tag) && !COLOUR.test(tag)) found.push(tag);
      if (found.length === MAX_TAGS) return found;
    }
  return found;
}

/** The value of a `tags` field: a list, or a text parted by commas, else by blanks. */
export function tagsOfField(value: unknown): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return partsOf(value).map(normalizeTag);
  if (!Array.isArray(value)) return [];
  // A list parts by itself: what stands in it may have blanks.
  return value.slice(0, MAX_TAGS).flatMap((one: unknown) => {
    if (typeof one === 'string') return one.split(/[,，]/u).map(normalizeTag);
    return Array.isArray(one) ? [] : tagsOfField(one);
  });
}

function partsOf(text: string): string[] {
  return text.split(/[,，;]/u.test(text) ? /[,，;]/u : /\s+/u).slice(0, MAX_TAGS);
}

/** Each once, in the order of their first places. */
export function distinctTags(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].filter(tag => tag !== '').slice(0, MAX_TAGS);
}

/** Whether a file's tags have one, or one below it: 업무 finds 업무/회의. All in the form of `normalizeTag`. */
export function hasTag(tags: readonly string[], wanted: string): boolean {
  return tags.some(tag => tag === wanted || tag.startsWith(`${wanted}/`));
}
