/** Writes the sections of a segment's passages: `passageTable.ts` says what they hold. */
import { ByteSink, bytesOf } from '../byteSink.ts';
import type { SectionList } from '../sections.ts';
import { writeStrings } from '../stringTable.ts';
import { BESIDE, COLUMNS, ORIGIN, TEXT, TRAIL, TRAIL_LENGTH } from './columns.ts';

/** A passage in bytes; `numbers` are the first five columns. */
export interface RawPassage {
  readonly numbers: ArrayLike<number>;
  readonly trail: Uint8Array;
  readonly hash: Uint8Array;
  readonly text: Uint8Array;
  readonly beside: Uint8Array;
  /** The origin as `writeOrigin` makes it. */
  readonly origin: string;
  readonly bodyLength: number;
  readonly headingLength: number;
  readonly pending: boolean;
}

export class PassageTableWriter {
  readonly #rows = new ByteSink();
  readonly #trails = new ByteSink();
  readonly #hashes = new ByteSink();
  readonly #texts = new ByteSink();
  readonly #lengths: number[] = [];
  readonly #pending: number[] = [];
  readonly #origins = new Map<string, number>();
  #lastTrail = new Uint8Array();
  #trailStart = 0;

  add({ numbers, trail, hash, text, beside, origin, bodyLength, headingLength, pending }: RawPassage): void {
    if (pending) this.#pending.push(this.#lengths.length / 2);
    // Neighbours mostly share their heading trail.
    if (!equal(trail, this.#lastTrail)) {
      this.#trailStart = this.#trails.length;
      this.#trails.append(trail);
      this.#lastTrail = trail.slice();
    }
    const row = new Uint32Array(COLUMNS);
    for (let i = 0; i < TRAIL; i++) row[i] = numbers[i]!;
    row[TRAIL] = this.#trailStart;
    row[TRAIL_LENGTH] = trail.length;
    row[TEXT] = this.#texts.length;
    row[BESIDE] = this.#texts.length + text.length;
    if (!this.#origins.has(origin)) this.#origins.set(origin, this.#origins.size);
    row[ORIGIN] = this.#origins.get(origin)!;
    this.#rows.append(bytesOf(row));
    this.#hashes.append(hash);
    this.#texts.append(text);
    this.#texts.append(beside);
    this.#lengths.push(bodyLength, headingLength);
  }

  sections(): SectionList {
    return [
      ['LENS', [bytesOf(Uint32Array.from(this.#lengths))]],
      ['ORIG', [writeStrings([...this.#origins.keys()])]],
      ['PEND', [bytesOf(Uint32Array.from(this.#pending))]],
      ['PASS', this.#rows.chunks()],
      ['HEAD', this.#trails.chunks()],
      ['HASH', this.#hashes.chunks()],
      ['TEXT', this.#texts.chunks()],
    ];
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
