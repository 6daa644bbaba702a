/** Tags of a note: those in its front matter, and `#tags` in its text. */
import { normalizeForSearch } from './normalize.ts';

/** Hard limits, so that a hostile file costs no more than its size. */
const MAX_TAGS = 256;
const MAX_LENGTH = 100;
/** Letters may be written decomposed. */
const MAX_WRITTEN = 4 * MAX_LENGTH;

/**
 * One or more `#tags` in a row (#하나#둘). They do not count in a word, an address, a path or an entity (C#,
 * /#part, &#35;), or after a backslash.
 */
const TAGS = /(?<![\p{L}\p{N}\p{M}_#＃/\\&=:.?~-])(?:[#＃][\p{L}\p{N}\p{M}_/-]+)+/gu;
/** Colours (#fff, #a0b1c2) have one of these lengths and only hexadecimal digits. */
const COLOUR = /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/u;

/** The normal form of a tag (`#Tag ` -> `tag`): composed, in lower case, without marks at its edges. */
export function normalizeTag(written: string): string {
  return normalizeForSearch(written.trim().slice(0, MAX_WRITTEN))
    .text.trim()
    .replace(/^#+/u, '')
    .replace(/\s*\/+\s*/gu, '/')
    .replace(/^[\s/]+|[\s/]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .slice(0, MAX_LENGTH);
}

/** Names of anchors and links to them, both without anything that could make them something else. */
const ANCHORS = /\{\s*#[\p{L}\p{N}-]*\s*\}|(?<!\\)\[[^[\]\\`<&!^\n][^[\]\\`<&\n]*\]\(#[^()\s\\&<]*\)/gu;

/** Whether the prose of a piece of Markdown may have tags: false is certain. */
export function mayHaveTags(source: string): boolean {
  if (!source.includes('#') && !source.includes('＃')) return false;
  return source.search(TAGS) !== -1 && source.replace(ANCHORS, ' ').search(TAGS) !== -1;
}

/** Tags in prose. Numbers (#123) and colours (#fff) are not tags. */
export function tagsInText(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(TAGS))
    for (const written of run.split(/[#＃]/u).slice(1)) {
      const tag = normalizeTag(written.slice(0, MAX_WRITTEN).replace(/[-_/]+$/u, ''));
      if (/\p{L}/u.test(tag) && !COLOUR.test(tag)) found.push(tag);
      if (found.length === MAX_TAGS) return found;
    }
  return found;
}

/** The tags in the value of a `tags` field: a list, or a text separated by commas, or else by blanks. */
export function tagsOfField(value: unknown): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return partsOf(value).map(normalizeTag);
  if (!Array.isArray(value)) return [];
  // The items of a list are separate, so they may contain blanks.
  return value.slice(0, MAX_TAGS).flatMap((one: unknown) => {
    if (typeof one === 'string') return one.split(/[,，]/u).map(normalizeTag);
    return Array.isArray(one) ? [] : tagsOfField(one);
  });
}

function partsOf(text: string): string[] {
  return text.split(/[,，;]/u.test(text) ? /[,，;]/u : /\s+/u).slice(0, MAX_TAGS);
}

/** All tags, each once, in order of first occurrence. */
export function distinctTags(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].filter(tag => tag !== '').slice(0, MAX_TAGS);
}

/** Whether a file has the tag or one below it: 업무 finds 업무/회의. All are in the form of `normalizeTag`. */
export function hasTag(tags: readonly string[], wanted: string): boolean {
  return tags.some(tag => tag === wanted || tag.startsWith(`${wanted}/`));
}
