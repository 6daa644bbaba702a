/** Texts of about a passage's length for measuring. */
import fs from 'node:fs';
import path from 'node:path';

const TEXTS = 96;
/** About the length of a passage. */
const CHARACTERS = 320;

/** Pieces of the folder's own documents. */
export function passagesOf(folder: string): string[] {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(md|mdx|txt)$/i.test(name))
    .sort();
  const texts: string[] = [];
  for (const file of files) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    for (let at = 0; at + CHARACTERS <= text.length && at < 4 * CHARACTERS; at += CHARACTERS) {
      texts.push(text.slice(at, at + CHARACTERS));
    }
    if (texts.length >= TEXTS) break;
  }
  return texts.slice(0, TEXTS);
}
