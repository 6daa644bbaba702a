/**
 * Remembers which files were hashed before and have not changed since, because hashing a large model takes seconds at
 * every start of an engine. A file counts as unchanged if size, both times and inode are the same; otherwise it is
 * hashed again.
 */
import { readFile, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { sha256Of } from './fileHash.ts';
import { writeWhole } from './wholeFile.ts';

const Stamp = v.object({ stamp: v.string(), sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });
const Record = v.object({ version: v.literal(1), files: v.record(v.string(), Stamp) });
type Stamps = v.InferOutput<typeof Record>['files'];

/** Hashing files below this many bytes costs nothing. */
const SMALL = 1 << 20;
/** Maximum number of files remembered: a model has a handful. */
const MAX_FILES = 64;

export class VerifiedFiles {
  readonly #file: string;
  #known: Map<string, Stamps[string]> | null = null;
  #changed = false;

  /** `file` need not exist; a damaged one counts as missing. */
  constructor(file: string) {
    this.#file = file;
  }

  /** SHA-256 of `file`, from memory where it cannot have changed. */
  async sha256Of(file: string): Promise<string> {
    const found = await stat(file, { bigint: true });
    if (found.size < SMALL) return sha256Of(file);
    this.#known ??= await this.#read();
    const stamp = [found.size, found.mtimeNs, found.ctimeNs, found.ino].join('-');
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.sha256;
    const sha256 = await sha256Of(file);
    this.#known.delete(file);
    this.#known.set(file, { stamp, sha256 });
    this.#changed = true;
    return sha256;
  }

  /** Saves the memory; a failure costs only time. */
  async save(): Promise<void> {
    if (!this.#changed || this.#known === null) return;
    this.#changed = false;
    const files: Stamps = Object.fromEntries([...this.#known].slice(-MAX_FILES));
    await writeWhole(this.#file, `${JSON.stringify({ version: 1, files })}\n`).catch(() => undefined);
  }

  async #read(): Promise<Map<string, Stamps[string]>> {
    try {
      return new Map(Object.entries(v.parse(Record, JSON.parse(await readFile(this.#file, 'utf8'))).files));
    } catch {
      return new Map();
    }
  }
}
