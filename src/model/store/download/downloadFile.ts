/**
 * Downloads one file: it is resumed where it stopped, hashed while it arrives, and renamed only when its hash is right.
 */
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { newHash } from '../digest.ts';
import { opensHtml } from './htmlPage.ts';
import type { Hub, HubFile } from './hub.ts';
import type { NetworkResponse } from './network.ts';
import { openPartOnDisk, type OpenPart, type PartFile } from './partFile.ts';
import { Patience } from './patience.ts';
import { retrying } from './retry.ts';
import { connectionError, isHtml, shownUrl, statusError, TransferError } from './transferError.ts';

export interface FileDownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Reports the bytes of the file present; the number may fall when the file has to be started again. */
  readonly onBytes?: (bytes: number) => void;
  readonly openPart?: OpenPart;
}

/**
 * Fetches `file` to `target`. A cancelled or failed download leaves its part in `<target>.part` for the next one.
 * Rejects with `UserError` (`download…`, `diskSpace`, `modelsUnusable`) or the signal's reason. A file named `target`
 * is always complete and has the expected digest.
 */
export async function downloadFile(
  hub: Hub,
  file: HubFile,
  target: string,
  { signal, onBytes, openPart = openPartOnDisk }: FileDownloadOptions = {},
): Promise<void> {
  if (await isComplete(file, target)) return onBytes?.(file.bytes);
  const part = await openPart(target);
  try {
    const transfer = new Transfer(hub, file, part, onBytes, signal);
    await transfer.rehash();
    await retrying(() => transfer.attempt(), hub.rules, { signal, progress: () => transfer.furthest });
    await part.finish();
  } finally {
    await part.close();
  }
}

async function isComplete(file: HubFile, target: string): Promise<boolean> {
  const found = await stat(target).catch(() => null);
  if (found?.isFile() !== true || found.size !== file.bytes) return false;
  const hash = newHash(file.digest, file.bytes);
  for await (const chunk of createReadStream(target, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Uint8Array);
  return hash.digest('hex') === file.digest.hex;
}

class Transfer {
  /** Most bytes that any try reached. */
  furthest = 0;
  readonly #hub: Hub;
  readonly #file: HubFile;
  readonly #part: PartFile;
  readonly #onBytes: ((bytes: number) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  #hash: Hash;
  #wrong = 0;

  constructor(
    hub: Hub,
    file: HubFile,
    part: PartFile,
    onBytes: ((bytes: number) => void) | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#hub = hub;
    this.#file = file;
    this.#part = part;
    this.#onBytes = onBytes;
    this.#signal = signal;
    this.#hash = newHash(file.digest, file.bytes);
  }

  /** Hashes the part that an earlier run left. */
  async rehash(): Promise<void> {
    if (this.#part.length > this.#file.bytes) await this.#restart();
    for await (const chunk of this.#part.content()) {
      this.#signal?.throwIfAborted();
      this.#hash.update(chunk);
    }
    this.#report();
  }

  async attempt(): Promise<void> {
    if (this.#part.length < this.#file.bytes || this.#file.bytes === 0) await this.#receive();
    await this.#verify();
  }

  async #receive(): Promise<void> {
    const { url } = this.#file;
    const patience = new Patience(this.#hub.rules.stallTimeout, shownUrl(url), this.#signal);
    let response: NetworkResponse | null = null;
    try {
      const { length, etag } = this.#part;
      response = await this.#hub.network.get(url, {
        headers: {
          ...(length > 0 ? { range: `bytes=${length}-` } : {}),
          ...(length > 0 && etag !== null ? { 'if-range': etag } : {}),
        },
        token: this.#hub.tokenFor(url),
        signal: patience.signal,
      });
      await this.#accept(response);
      await this.#write(response, patience);
    } catch (error) {
      if (patience.signal.aborted) throw patience.signal.reason;
      throw connectionError(error, url);
    } finally {
      patience.end();
      response?.body.destroy();
    }
  }

  /**
   * Decides from the head of the answer what its body continues; restarts the part where it belongs to another file.
   */
  async #accept({ status, headers, url }: NetworkResponse): Promise<void> {
    const { bytes } = this.#file;
    const etag = strongTag(headers['etag']);
    if (status === 206) {
      const [, first, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
      const other = this.#part.etag !== null && etag !== null && etag !== this.#part.etag;
      if (Number(first) === this.#part.length && (size === '*' || Number(size) === bytes) && !other) return;
      await this.#restart();
      throw new TransferError('downloadDamaged', `${shownUrl(url)} (Content-Range)`, { again: true });
    }
    if (status === 416) {
      await this.#restart();
      throw new TransferError('downloadDamaged', `${shownUrl(url)} (HTTP 416)`, { again: true });
    }
    if (status !== 200) throw statusError({ status, headers }, url);
    if (isHtml(headers)) throw new TransferError('downloadHtml', shownUrl(url), { again: false });
    await this.#restart();
    const announced = headers['content-length'];
    if (announced !== undefined && Number(announced) > bytes)
      throw this.#damaged(`${announced} > ${bytes} bytes`);
    await this.#part.tag(etag);
  }

  async #write({ body, url }: NetworkResponse, patience: Patience): Promise<void> {
    let opening: Uint8Array | null =
      this.#part.length === 0 && !/\.md$/i.test(this.#file.path) ? Buffer.alloc(0) : null;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      patience.renew();
      if (opening !== null) {
        opening = Buffer.concat([opening, chunk]);
        const html = opensHtml(opening);
        if (html === true) {
          await this.#restart();
          throw new TransferError('downloadHtml', shownUrl(url), { again: false });
        }
        if (html === false) opening = null;
      }
      if (this.#part.length + chunk.length > this.#file.bytes) {
        await this.#restart();
        throw this.#damaged(`> ${this.#file.bytes} bytes`);
      }
      await this.#part.append(chunk);
      this.#hash.update(chunk);
      this.#report();
      // A full or slow disk must not count as silence of the server.
      patience.renew();
    }
    if (this.#part.length < this.#file.bytes) {
      const subject = `${shownUrl(url)} (${this.#part.length} < ${this.#file.bytes} bytes)`;
      throw new TransferError('downloadFailed', subject, { again: true });
    }
  }

  async #verify(): Promise<void> {
    if (this.#hash.copy().digest('hex') === this.#file.digest.hex) return;
    await this.#restart();
    throw this.#damaged(this.#file.digest.kind);
  }

  async #restart(): Promise<void> {
    await this.#part.restart();
    this.#hash = newHash(this.#file.digest, this.#file.bytes);
    this.#report();
  }

  #report(): void {
    this.furthest = Math.max(this.furthest, this.#part.length);
    this.#onBytes?.(this.#part.length);
  }

  /** The first wrong hash may be due to a part of another version or a flipped bit; the second is final. */
  #damaged(detail: string): TransferError {
    const again = ++this.#wrong < 2;
    return new TransferError('downloadDamaged', `${this.#file.path} (${detail})`, { again });
  }
}

/** RFC 9110 §13.1.5: a weak tag promises nothing about bytes. */
function strongTag(etag: string | undefined): string | null {
  return etag !== undefined && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}
