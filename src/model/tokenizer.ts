/** A checkpoint's own tokenizer (any Hugging Face `tokenizer.json`), with places in the text. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { UserError } from '../errors/userError.ts';
import { alignTokens } from './alignment.ts';
import { likeRust } from './tokenizerFile.ts';

export interface EncodedText {
  /** Token ids with prompt and special tokens, at most `maxTokens`. */
  readonly ids: readonly number[];
  /** The positions `[voteStart, voteEnd)` are the text's own tokens. */
  readonly voteStart: number;
  readonly voteEnd: number;
  /** UTF-16 offset in the text for each of the text's own tokens, computed on demand. */
  places(): Uint32Array;
}

/** A model folder, or one that is being made. */
export interface TokenizerFolder {
  readonly path: string;
  readonly manifest: { readonly maxTokens: number };
}

interface TokenizerJson {
  readonly decoder?: unknown;
  readonly pre_tokenizer?: unknown;
  /** A WordLevel model's unknown token; the library looks for it in tokenizer_config.json only. */
  readonly model?: { readonly unk_token?: unknown };
}

export class Tokenizer {
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #maxTokens: number;
  readonly #byteLevel: boolean;

  private constructor(tokenizer: PreTrainedTokenizer, maxTokens: number, byteLevel: boolean) {
    this.#tokenizer = tokenizer;
    this.#maxTokens = maxTokens;
    this.#byteLevel = byteLevel;
  }

  /** Throws `UserError` (`modelDamaged`) where `tokenizer.json` is not a tokenizer. */
  static async open(folder: TokenizerFolder): Promise<Tokenizer> {
    const file = path.join(folder.path, 'tokenizer.json');
    try {
      const json = JSON.parse(await readFile(file, 'utf8')) as TokenizerJson;
      const config = await readFile(path.join(folder.path, 'tokenizer_config.json'), 'utf8').then(
        text => JSON.parse(text) as object,
        () => ({}),
      );
      const byteLevel = JSON.stringify(json.decoder ?? null).includes('"ByteLevel"');
      const settings = { unk_token: json.model?.unk_token, ...config };
      const tokenizer = new PreTrainedTokenizer(likeRust(json), settings);
      fuseByWord(tokenizer);
      return new Tokenizer(tokenizer, folder.manifest.maxTokens, byteLevel);
    } catch (error) {
      throw new UserError('modelDamaged', file, { cause: error });
    }
  }

  /** Number of tokens of a text alone, without prompt and special tokens. */
  count(text: string): number {
    return this.#tokenizer._tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  }

  /** Prompt, text and special tokens in the form that the model expects, cut at the end if too long. */
  encode(prompt: string, text: string): EncodedText {
    const inner = this.#tokenizer._tokenizer;
    const framed = inner.encode(prompt + text);
    const body = inner.encode(prompt + text, { add_special_tokens: false });
    const lead = Math.max(
      0,
      framed.ids.findIndex((_, i) => startsAt(framed.ids, body.ids, i)),
    );
    const tail = framed.ids.slice(lead + body.ids.length);
    const promptLength = prompt === '' ? 0 : this.count(prompt.trimEnd());
    const room = Math.max(promptLength, this.#maxTokens - lead - tail.length);
    const kept = body.ids.slice(0, room);
    return {
      ids: [...framed.ids.slice(0, lead), ...kept, ...tail],
      voteStart: lead + promptLength,
      voteEnd: lead + kept.length,
      places: () =>
        alignTokens(
          text,
          body.tokens.slice(promptLength, kept.length),
          piece => inner.normalizer?.(piece) ?? piece,
          this.#byteLevel,
        ),
    };
  }
}

function startsAt(whole: readonly number[], part: readonly number[], at: number): boolean {
  return part.length <= whole.length - at && part.every((id, i) => whole[at + i] === id);
}

interface TokenizerModel {
  fuse_unk: boolean;
  readonly unk_token_id: number | undefined;
  readonly tokens_to_ids: ReadonlyMap<string, number>;
  encode(words: readonly string[]): string[];
}

/** Merges unknown neighbouring pieces by word, as Rust does; our library merges those of the whole text. */
function fuseByWord(tokenizer: PreTrainedTokenizer): void {
  const model = (tokenizer._tokenizer as unknown as { readonly model: TokenizerModel }).model;
  if (!model.fuse_unk) return;
  model.fuse_unk = false;
  const encode = model.encode.bind(model);
  const known = (piece: string): boolean =>
    (model.tokens_to_ids.get(piece) ?? model.unk_token_id) !== model.unk_token_id;
  const fused = (pieces: readonly string[]): string[] => {
    const result: string[] = [];
    for (const [i, piece] of pieces.entries())
      if (i > 0 && !known(piece) && !known(pieces[i - 1]!)) result[result.length - 1] += piece;
      else result.push(piece);
    return result;
  };
  model.encode = words => words.flatMap(word => fused(encode([word])));
}
