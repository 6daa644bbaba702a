/** How a hit is named in lists. Pure. */
import type { Contribution, Hit, QueryWord } from '../protocol.ts';

/** The innermost heading, else the file's name without its folder. */
export function titleOf(hit: Hit): string {
  return oneLine(hit.headings.at(-1) ?? baseName(hit.file));
}

/** The headings above the title: `휴가 › 연차`. Empty if there are none. */
export function trailOf(hit: Hit): string {
  return hit.headings.slice(0, -1).map(oneLine).join(' › ');
}

/** `folder/file.md:12`, with the workspace folder's name in front where there are several. */
export function placeOf(hit: Hit, folderName: string | null): string {
  const path = folderName === null ? hit.file : `${folderName}/${hit.file}`;
  return `${oneLine(path)}:${hit.line + 1}`;
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

/** Names come from files: no line breaks, control or direction characters in a row of a list. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** In labels where VS Code draws `$(name)` as an icon, a note's own `$(name)` stays text. */
export function withoutIcons(text: string): string {
  return text.replace(/\$(?=\([A-Za-z0-9~-]+\))/g, '\\$');
}
