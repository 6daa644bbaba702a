/** The name of a hit in lists. Pure. */
import type { Contribution, Hit } from '../../domain/hit.ts';
import type { QueryWord } from '../../domain/query.ts';
import { withoutMark } from '../../text/fileNames.ts';
import { visible } from '../../text/visible.ts';

/** The innermost heading, or else the file's name without its folder. */
export function titleOf(hit: Hit): string {
  return oneLine(hit.headings.at(-1) ?? withoutMark(baseName(hit.file)));
}

/** The headings above the title: `휴가 › 연차`. Empty if there are none. */
export function trailOf(hit: Hit): string {
  return hit.headings.slice(0, -1).map(oneLine).join(' › ');
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The query word that contributed most to the hit, with its share of the score (0..1). */
export function leadingWord(
  hit: Hit,
  words: readonly QueryWord[],
): { readonly word: string; readonly share: number } | null {
  const sums = new Map<number, number>();
  for (const { word, value } of hit.contributions) sums.set(word, (sums.get(word) ?? 0) + value);
  const [word, value] = [...sums].sort((a, b) => b[1] - a[1])[0] ?? [];
  const text = word === undefined ? undefined : words[word]?.text;
  if (text === undefined || value === undefined || hit.score <= 0) return null;
  return { word: oneLine(text), share: value / hit.score };
}

export function shareOf(contribution: Contribution, hit: Hit): number {
  return hit.score > 0 ? contribution.value / hit.score : 0;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/**
 * A label made of text from files: one line, without control characters or icons of its own. Where VS Code draws
 * `$(name)` as an icon, an invisible mark between the two signs keeps it text; elsewhere the mark is not visible.
 */
export function labelText(text: string): string {
  return withoutIcons(oneLine(text));
}

/**
 * One line for people: runs of white space become one blank, and control characters are shown as signs (`visible.ts`).
 */
export function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim().normalize('NFC'));
}

/** U+2060 WORD JOINER takes no room and allows no line break. */
const MARK = '\u2060';

/**
 * The text of a notification. VS Code makes a link of `[text](command:…)` there, and runs the command on a click: a mark
 * between the brackets keeps it text.
 */
export function noticeText(text: string): string {
  return oneLine(text).replace(/\](?=\()/g, `]${MARK}`);
}

/** Places in the text move by one unit for each `$(` before them: see `labelPlace`. */
export function withoutIcons(text: string): string {
  return text.replace(/\$(?=\()/g, `$$${MARK}`);
}

/** Where a place of `text` is in `withoutIcons(text)`. */
export function labelPlace(text: string, place: number): number {
  return withoutIcons(text.slice(0, place)).length;
}
