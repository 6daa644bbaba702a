/** The hub's API: the files of a revision, with their sizes and hashes. */
import * as v from 'valibot';
import { UserError } from '../../../errors/userError.ts';
import type { Digest } from '../digest.ts';
import { isNeeded } from '../checkpointFiles.ts';
import { opensHtml } from './htmlPage.ts';
import { safeMemberPath, sameFileKey } from '../memberPath.ts';
import type { Network } from './network.ts';
import { Patience } from './patience.ts';
import { RETRY_RULES, retrying, type RetryRules } from './retry.ts';
import { connectionError, isHtml, parsedUrl, shownUrl, statusError, TransferError } from './transferError.ts';

export const HUB = 'https://huggingface.co';

export interface HubFile {
  /** Path that is safe to create below a folder (`safeMemberPath`). */
  readonly path: string;
  readonly bytes: number;
  readonly digest: Digest;
  readonly url: string;
}

/** One commit of one model, which is the unit of a download. */
export interface HubListing {
  readonly id: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Licence on the model's page; null where it gives none. */
  readonly license: string | null;
  /** The files that a conversion needs, small ones first. */
  readonly files: readonly HubFile[];
  readonly bytes: number;
  readonly base: string;
}

export interface HubOptions {
  /** Address of the hub or of a mirror of it. */
  readonly base?: string;
  /** Access token, sent only to `base`. */
  readonly token?: string | undefined;
  readonly rules?: RetryRules;
}

const Commit = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));
const License = v.nullish(v.union([v.string(), v.array(v.string())]));
const Revision = v.object({
  sha: Commit,
  cardData: v.nullish(v.object({ license: License })),
  tags: v.optional(v.array(v.string()), []),
});
const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Tree = v.array(
  v.object({
    type: v.string(),
    path: v.string(),
    size: v.optional(Size, 0),
    oid: v.string(),
    lfs: v.nullish(v.object({ oid: v.string(), size: Size })),
  }),
);

/** Limits on one answer of the API, its pages, and the files fetched; they are far above any model that works here. */
const MAX_ANSWER = 8 << 20;
const MAX_PAGES = 20;
const MAX_FILES = 1_000;
const MAX_BYTES = 2 ** 36;

export class Hub {
  readonly base: string;
  readonly network: Network;
  readonly rules: RetryRules;
  readonly #token: string | undefined;

  constructor(network: Network, { base = HUB, token, rules = RETRY_RULES }: HubOptions = {}) {
    this.network = network;
    this.base = base.replace(/\/+$/, '');
    this.rules = rules;
    this.#token = token;
  }

  /** The token, for an address of the hub itself. */
  tokenFor(url: string): string | undefined {
    return parsedUrl(url)?.origin === parsedUrl(this.base)?.origin ? this.#token : undefined;
  }

  /**
   * Resolves `revision` to a commit and lists it. Throws `UserError`: `downloadNotFound`, `downloadForbidden`,
   * `downloadUnsafe` (a listing that no honest hub gives), `importNothing` (no weights that can be converted) …
   */
  async list(id: string, revision = 'main', signal?: AbortSignal): Promise<HubListing> {
    const api = `${this.base}/api/models/${id}`;
    const head = await this.#json(`${api}/revision/${encodeURIComponent(revision)}`, Revision, signal);
    const commit = head.answer.sha;
    const entries: v.InferOutput<typeof Tree> = [];
    let url: string | null = `${api}/tree/${commit}?recursive=true`;
    for (let page = 0; url !== null; page++) {
      if (page === MAX_PAGES) throw new UserError('downloadUnsafe', id);
      const tree: { answer: v.InferOutput<typeof Tree>; next: string | null } = await this.#json(
        url,
        Tree,
        signal,
      );
      for (const entry of tree.answer) entries.push(entry);
      url = tree.next;
    }
    const files = this.#filesOf(id, commit, entries);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > MAX_BYTES) throw new UserError('downloadUnsafe', `${id}: ${bytes} bytes`);
    return { id, commit, license: licenseOf(head.answer), files, bytes, base: this.base };
  }

  #filesOf(id: string, commit: string, entries: v.InferOutput<typeof Tree>): readonly HubFile[] {
    const files = entries.filter(({ type }) => type === 'file');
    const names = files.map(({ path }) => path);
    const wanted = files.filter(({ path }) => isNeeded(path, names));
    if (wanted.length > MAX_FILES) throw new UserError('downloadUnsafe', `${id}: ${wanted.length} files`);
    if (!names.includes('malmoi-model.json') && !wanted.some(({ path }) => path.endsWith('.safetensors')))
      throw new UserError('importNothing', `${id} (*.safetensors)`);
    const seen = new Set<string>();
    for (const { path } of wanted) {
      if (safeMemberPath(path) !== path || seen.has(sameFileKey(path)))
        throw new UserError('downloadUnsafe', `${id}: ${JSON.stringify(path)}`);
      seen.add(sameFileKey(path));
    }
    // A file and a folder have the same name.
    for (const path of seen)
      if (Array.from(path.matchAll(/\//g)).some(({ index }) => seen.has(path.slice(0, index))))
        throw new UserError('downloadUnsafe', `${id}: ${JSON.stringify(path)}`);
    return wanted
      .map(({ path, size, oid, lfs }): HubFile => {
        const hex = lfs?.oid.replace(/^sha256:/, '') ?? oid;
        const kind = lfs ? 'sha256' : 'gitBlob';
        if (!(kind === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hex))
          throw new UserError('downloadUnsafe', `${id}: ${path} (${hex.slice(0, 80)})`);
        const place = path.split('/').map(encodeURIComponent).join('/');
        const url = `${this.base}/${id}/resolve/${commit}/${place}`;
        return { path, bytes: lfs?.size ?? size, digest: { kind, hex }, url };
      })
      .sort((a, b) => a.bytes - b.bytes);
  }

  async #json<T>(
    url: string,
    schema: v.GenericSchema<unknown, T>,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly answer: T; readonly next: string | null }> {
    return retrying(
      async () => {
        const patience = new Patience(this.rules.stallTimeout, shownUrl(url), signal);
        try {
          const options = { token: this.tokenFor(url), signal: patience.signal };
          const response = await this.network.get(url, options);
          const chunks: Uint8Array[] = [];
          let length = 0;
          for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
            patience.renew();
            length += chunk.length;
            if (length > MAX_ANSWER) throw new UserError('downloadUnsafe', shownUrl(url));
            chunks.push(chunk);
          }
          if (response.status !== 200) throw statusError(response, response.url);
          const bytes = Buffer.concat(chunks);
          if (isHtml(response.headers) || opensHtml(bytes) === true)
            throw new TransferError('downloadHtml', shownUrl(response.url), { again: false });
          return { answer: parse(schema, bytes, url), next: this.#next(url, response.headers['link']) };
        } catch (error) {
          if (patience.signal.aborted) throw patience.signal.reason;
          throw connectionError(error, url);
        } finally {
          patience.end();
        }
      },
      this.rules,
      { signal },
    );
  }

  /** RFC 8288: a next page on another host is not the hub's. */
  #next(url: string, link: string | undefined): string | null {
    const [, target] = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(link ?? '') ?? [];
    if (target === undefined) return null;
    const next = parsedUrl(target, url);
    if (next === null || next.origin !== parsedUrl(url)?.origin)
      throw new UserError('downloadUnsafe', shownUrl(url));
    return next.href;
  }
}

function parse<T>(schema: v.GenericSchema<unknown, T>, bytes: Buffer, url: string): T {
  try {
    return v.parse(schema, JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new TransferError('downloadFailed', `${shownUrl(url)} (JSON)`, { cause: error, again: false });
  }
}

function licenseOf({ cardData, tags }: v.InferOutput<typeof Revision>): string | null {
  const said = cardData?.license ?? tags.find(tag => tag.startsWith('license:'))?.slice('license:'.length);
  return (Array.isArray(said) ? said.join(', ') : said) ?? null;
}
