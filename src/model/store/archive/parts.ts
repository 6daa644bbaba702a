/** Lists the files of an archive that was split to fit a medium or a mail, in order. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../errors/userError.ts';

export interface ArchivePart {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Names of parts as 7-Zip, `split` and people make them: `x.zip.001`, `x.tar.gz.part1`, `x.zip.part01`, `x.tgz.partaa`,
 * `x.tar.aa`. The suffix counts in digits or in letters; the letters of a compression (`x.tar.gz`) are no count.
 */
const PART =
  /^(?<base>.+\.(?:zip|tar|tgz|gz))(?<mark>\.part|\.)(?!(?:gz|xz|bz|br|lz|zst)$)(?<count>\d{1,6}|[a-z]{2,4})$/i;

/**
 * The parts of the archive that `file` is a part of, or names without its suffix; just the file for an archive in one
 * piece. Throws `UserError`: `archivePartMissing` with the missing part's name, `importUnreadable`.
 */
export async function partsOf(file: string): Promise<readonly ArchivePart[]> {
  const folder = path.dirname(file);
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  const whole = found instanceof Error ? null : found;
  if (found instanceof Error && found.code !== 'ENOENT')
    throw new UserError('importUnreadable', file, { cause: found });
  const siblings = await readdir(folder).catch((error: unknown) => {
    throw new UserError('importUnreadable', folder, { cause: error });
  });
  const named = PART.exec(path.basename(file))?.groups ?? null;
  // The user may point at `x.zip` where there is only `x.zip.001`.
  const first =
    named ?? (whole === null ? PART.exec(firstPartOf(path.basename(file), siblings))?.groups : null);
  if (!first) {
    if (whole === null) throw new UserError('importUnreadable', file);
    return [{ path: file, bytes: whole.size }];
  }
  const names = orderedParts(first, siblings, folder);
  const parts: ArchivePart[] = [];
  for (const name of names) {
    const place = path.join(folder, name);
    const { size } = await stat(place).catch((error: unknown) => {
      throw new UserError('importUnreadable', place, { cause: error });
    });
    parts.push({ path: place, bytes: size });
  }
  return parts;
}

function firstPartOf(base: string, siblings: readonly string[]): string {
  return siblings.filter(name => PART.exec(name)?.groups?.['base'] === base).sort()[0] ?? '';
}

function orderedParts(
  { base, mark, count }: Record<string, string>,
  siblings: readonly string[],
  folder: string,
): readonly string[] {
  const letters = /[a-z]/i.test(count!);
  const byNumber = new Map<number, string>();
  for (const name of siblings) {
    const groups = PART.exec(name)?.groups;
    if (groups?.['base'] !== base || groups?.['mark'] !== mark) continue;
    const other = groups!['count']!;
    if (/[a-z]/i.test(other) !== letters || (letters && other.length !== count!.length)) continue;
    const number = letters ? numberOf(other) : Number(other);
    // Where `part1` stands beside `part01`, the name written like the selected one counts.
    if (!byNumber.has(number) || other.length === count!.length) byNumber.set(number, name);
  }
  const numbers = Array.from(byNumber.keys());
  const start = letters || byNumber.has(0) ? 0 : 1;
  const last = Math.max(start, ...numbers, letters ? numberOf(count!) : Number(count));
  const names: string[] = [];
  for (let number = start; number <= last; number++) {
    const name = byNumber.get(number);
    if (name === undefined) {
      const missing = letters
        ? lettersOf(number, count!.length)
        : String(number).padStart(widthOf(count!), '0');
      throw new UserError('archivePartMissing', path.join(folder, `${base}${mark}${missing}`));
    }
    names.push(name);
  }
  return names;
}

/** The width of the count. One without a leading zero may have no fixed width yet (`part10`), or have one (`100`). */
function widthOf(count: string): number {
  return count.startsWith('0') || count.length >= 3 ? count.length : 1;
}

/** `aa` is 0, `ab` is 1, `ba` is 26. */
function numberOf(letters: string): number {
  return Array.from(letters.toLowerCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 97, 0);
}

function lettersOf(number: number, width: number): string {
  let letters = '';
  for (let rest = number, i = 0; i < width; i++, rest = Math.floor(rest / 26))
    letters = String.fromCharCode(97 + (rest % 26)) + letters;
  return letters;
}
