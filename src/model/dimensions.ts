/** The names of the output dimensions. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { textOfPiece } from './byteLevel.ts';
import type { ModelFolder } from './modelFolder.ts';

const TokenizerFile = v.object({
  model: v.object({
    vocab: v.union([v.record(v.string(), v.number()), v.array(v.tuple([v.string(), v.number()]))]),
  }),
  added_tokens: v.optional(
    v.array(v.object({ id: v.number(), content: v.string(), special: v.optional(v.boolean(), false) })),
    [],
  ),
  decoder: v.optional(v.unknown()),
});

export interface DimensionTokens {
  /** The tokenizer's own token of each dimension (`tokens.json` where the model has other dimensions). */
  readonly tokens: readonly string[];
  /** Dimensions of special tokens ([CLS], </s>). */
  readonly special: ReadonlySet<number>;
}

export async function dimensionTokens(folder: ModelFolder): Promise<DimensionTokens> {
  const { tokens, special } = await readTokens(folder);
  return { tokens, special };
}

/** The same names as people read them: without the tokenizer's word-boundary marks, bytes as characters. */
export async function dimensionNames(folder: ModelFolder): Promise<readonly string[]> {
  const { tokens, special, byteLevel, own } = await readTokens(folder);
  if (own) return tokens;
  return tokens.map((token, id) => {
    if (special.has(id)) return token;
    const text = byteLevel ? textOfPiece(token).replace(/^\s+(?=\S)/, '') : token;
    return text.replace(/^(?:▁|##)+/, '') || token;
  });
}

async function readTokens(
  folder: ModelFolder,
): Promise<DimensionTokens & { readonly byteLevel: boolean; readonly own: boolean }> {
  const { dimensions, files } = folder.manifest;
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(folder.path, name), 'utf8'));
  if ('tokens.json' in files) {
    const tokens = v.parse(v.array(v.string()), await read('tokens.json'));
    return { tokens, special: new Set(), byteLevel: false, own: true };
  }
  const file = v.parse(TokenizerFile, await read('tokenizer.json'));
  const { vocab } = file.model;
  const tokens: string[] = Array.from({ length: dimensions }, (_, id) => `#${id}`);
  const name = (id: number, token: string): void => {
    // A vocabulary may be larger than the model's output, or smaller.
    if (id < dimensions) tokens[id] = token;
  };
  if (Array.isArray(vocab)) vocab.forEach(([piece], id) => name(id, piece));
  else for (const [piece, id] of Object.entries(vocab)) name(id, piece);
  for (const { id, content } of file.added_tokens) name(id, content);
  const special = new Set(file.added_tokens.filter(token => token.special).map(token => token.id));
  const byteLevel = JSON.stringify(file.decoder ?? null).includes('"ByteLevel"');
  return { tokens, special, byteLevel, own: false };
}
