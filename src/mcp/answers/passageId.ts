/**
 * The name of a passage for agents: `notes/회의/예산.md#1234.ab12cd`. It is made of the folder's label, the file,
 * the passage's start in the document's text, and the beginning of its content's hash, which reveals a
 * change.
 */
import { quotedName } from './quotation.ts';

export interface PassageName {
  /** Label of the folder and the file's path in it, with `/` between them. */
  readonly file: string;
  readonly start: number;
  readonly hash: string;
}

const HASH_DIGITS = 6;

/** `engineId` is `Hit.id`, which begins with the hash. */
export function passageName(label: string, file: string, start: number, engineId: string): string {
  return `${quotedName(label)}/${quotedName(file)}#${start}.${hashOf(engineId)}`;
}

export function hashOf(engineId: string): string {
  return engineId.slice(0, HASH_DIGITS);
}

/** null where the text is not such a name. */
export function readPassageName(text: string): PassageName | null {
  const found = /^(.+)#(\d{1,12})\.([\w-]{1,6})$/su.exec(text.trim());
  if (found === null) return null;
  const [, file, start, hash] = found as unknown as readonly [string, string, string, string];
  return { file, start: Number(start), hash };
}
