/** A checkpoint's own tokenizer (any Hugging Face `tokenizer.json`), with places in the text. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { UserError } from '../errors/userError.ts';
import { alignTokens } from './alignment.ts';
import { RecentWords } from '../text/recentWords.ts';
import { likeRust } from './tokenizerFile.ts';
import { UnigramSplitter, type UnigramModel } from './unigramSplitter.ts';

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

/** Words whose count is remembered, and whose pieces are: some six and some four megabytes. */
const COUNTS = 32_768;
const PIECES = 8_192;

export class Tokenizer {
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #maxTokens: number;
  readonly #byteLevel: boolean;
  /** Texts that are tokens wherever they stand. */
  readonly #special: readonly string[];
  readonly #counts: RecentWords<number>;

  private constructor(tokenizer: PreTrainedTokenizer, maxTokens: number, byteLevel: boolean) {
    this.#tokenizer = tokenizer;
    this.#maxTokens = maxTokens;
    this.#byteLevel = byteLevel;
    this.#special = [...tokenizer._tokenizer.get_added_tokens_decoder().values()].map(
      ({ content }) => content,
    );
    const model = modelOf(tokenizer);
    this.#counts = new RecentWords(word => model.encode([word]).length, COUNTS);
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
      splitByWord(tokenizer);
      return new Tokenizer(tokenizer, folder.manifest.maxTokens, byteLevel);
    } catch (error) {
      throw new UserError('modelDamaged', file, { cause: error });
    }
  }

  /** Number of tokens of a text alone, without prompt and special tokens. */
  count(text: string): number {
    return this.#countByWord(text) ?? this.#tokenizer._tokenizer.tokenize(text).length;
  }

  /** The same, each word's count remembered; null where words alone don't say it. */
  #countByWord(text: string): number | null {
    const { normalizer, pre_tokenizer: splitting } = this.#tokenizer._tokenizer;
    if (splitting === null || this.#special.some(token => text.includes(token))) return null;
    const normal = normalizer === null ? text : normalizer(text);
    if (normal !== text && this.#special.some(token => normal.includes(token))) return null;
    if (normal === '') return 0;
    let count = 0;
    for (const word of splitting(normal, { section_index: 0 })) count += this.#counts.of(word);
    return count;
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

interface TokenizerModel extends Partial<UnigramModel> {
  fuse_unk: boolean;
  readonly unk_token_id: number | undefined;
  readonly tokens_to_ids: ReadonlyMap<string, number>;
  encode(words: readonly string[]): string[];
}

function modelOf(tokenizer: PreTrainedTokenizer): TokenizerModel {
  return (tokenizer._tokenizer as unknown as { readonly model: TokenizerModel }).model;
}

function isUnigram(model: TokenizerModel): model is TokenizerModel & UnigramModel {
  return model.scores !== undefined && model.unk_score !== undefined;
}

/**
 * Makes the model split word by word, each word once for as long as it is remembered: splitting is half the work of
 * reading a file, and nine of ten words of a text have been seen before. Unknown pieces side by side become one: in
 * Rust those of one word, in our library those of the whole text.
 */
function splitByWord(tokenizer: PreTrainedTokenizer): void {
  const model = modelOf(tokenizer);
  const fuses = model.fuse_unk;
  model.fuse_unk = false;
  const libraryEncode = model.encode.bind(model);
  const unigram = isUnigram(model) ? new UnigramSplitter(model) : null;
  const split = (word: string): readonly string[] => unigram?.split(word) ?? libraryEncode([word]);
  const known = (piece: string): boolean =>
    (model.tokens_to_ids.get(piece) ?? model.unk_token_id) !== model.unk_token_id;
  const fused = (pieces: readonly string[]): readonly string[] => {
    const result: string[] = [];
    for (const [i, piece] of pieces.entries())
      if (i > 0 && !known(piece) && !known(pieces[i - 1]!)) result[result.length - 1] += piece;
      else result.push(piece);
    return result;
  };
  const pieces = new RecentWords(word => (fuses ? fused(split(word)) : split(word)), PIECES);
  model.encode = words => {
    const all: string[] = [];
    for (const word of words) for (const piece of pieces.of(word)) all.push(piece);
    return all;
  };
}
