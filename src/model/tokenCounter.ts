/** Counts tokens as the model will, without opening the model. */
import type { ModelFolder } from './modelFolder.ts';
import { Tokenizer } from './tokenizer.ts';

/** Characters of Korean text for each token (measured on the default model's tokenizer). */
const CHARACTERS_PER_TOKEN = 2;

export async function openTokenCounter(folder: ModelFolder | null): Promise<(text: string) => number> {
  if (folder === null) return text => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
  const tokenizer = await Tokenizer.open(folder);
  return text => tokenizer.count(text);
}
