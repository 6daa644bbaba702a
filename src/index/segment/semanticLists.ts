/**
 * The semantic half of a segment: a list of postings for each dimension.
 *
 * In memory: SSCL the weight of one level, and the bytes of a place (f64 × 2) · SDIM sorted dimensions (u32)
 * · SOFF start of their postings in SPST (u32, one more at the end). Read on demand: SPST (`postings.ts`).
 */
import { ByteSink, bytesOf } from './byteSink.ts';
import {
  fractionOf,
  impactOf,
  LEVELS_PER_IMPACT,
  levelOf,
  narrowPlace,
  planeOf,
  readPostings,
  scanPostings,
  widePlace,
  writePostings,
  type Postings,
} from './postings.ts';
import { DamagedError, type SectionFile, type SectionList } from './sections.ts';
import { checkAscending, checkPostings, checkStarts } from './segmentInvariants.ts';
import { f64, lowerBound, u32 } from './sectionViews.ts';

/** A dimension's postings to be written: parallel arrays, passages ascending. */
export interface WeightList {
  readonly docs: Uint16Array;
  /** Levels from 1 to `WEIGHT_LEVELS`. */
  readonly levels: Uint16Array;
  /** Places as in `SparseVector.places`. */
  readonly places: Uint16Array;
}

export class SemanticWriter {
  readonly #step: number;
  readonly #placeBytes: 1 | 2;
  readonly #lists = new ByteSink();
  readonly #dimensions: number[] = [];
  readonly #starts: number[] = [];

  constructor(step: number, placeBytes: 1 | 2) {
    this.#step = step;
    this.#placeBytes = placeBytes;
  }

  /** Dimensions must ascend. */
  add(dimension: number, { docs, levels, places }: WeightList): void {
    const count = docs.length;
    const planes = new Uint8Array((2 + this.#placeBytes) * count);
    for (let i = 0; i < count; i++) {
      planes[i] = impactOf(levels[i]!);
      planes[count + i] = fractionOf(levels[i]!);
      if (this.#placeBytes === 1) planes[2 * count + i] = narrowPlace(places[i]!);
      else {
        planes[2 * count + i] = places[i]! & 255;
        planes[3 * count + i] = places[i]! >> 8;
      }
    }
    this.#dimensions.push(dimension);
    this.#starts.push(this.#lists.length);
    writePostings(this.#lists, { docs, planes });
  }

  sections(): SectionList {
    return [
      ['SSCL', [bytesOf(Float64Array.of(this.#step, this.#placeBytes))]],
      ['SDIM', [bytesOf(Uint32Array.from(this.#dimensions))]],
      ['SOFF', [bytesOf(Uint32Array.from([...this.#starts, this.#lists.length]))]],
      ['SPST', this.#lists.chunks()],
    ];
  }
}

export class SemanticLists {
  readonly dimensions: Uint32Array;
  /** The weight of one level: a weight is `level * weightStep`. */
  readonly weightStep: number;
  readonly placeBytes: 1 | 2;
  readonly #file: SectionFile;
  readonly #starts: Uint32Array;

  /** Throws `DamagedError`. */
  constructor(file: SectionFile) {
    this.#file = file;
    this.dimensions = u32(file.sections, 'SDIM');
    this.#starts = u32(file.sections, 'SOFF');
    const [step, placeBytes] = f64(file.sections, 'SSCL');
    if (
      step === undefined ||
      !(step > 0) ||
      (placeBytes !== 1 && placeBytes !== 2) ||
      this.#starts.length !== this.dimensions.length + 1 ||
      this.#starts.at(-1) !== file.lengthOf('SPST')
    )
      throw new DamagedError('semantic lists do not fit each other');
    this.weightStep = step;
    this.placeBytes = placeBytes;
  }

  /** A weight of impact i is at most `i * impactStep` and above `(i - 1) * impactStep`. */
  get impactStep(): number {
    return this.weightStep * LEVELS_PER_IMPACT;
  }

  get planes(): number {
    return 2 + this.placeBytes;
  }

  /** null where the dimension has no postings. */
  async find(dimension: number): Promise<Postings | null> {
    const at = lowerBound(this.dimensions, dimension);
    if (this.dimensions[at] !== dimension) return null;
    return readPostings(await this.#file.read('SPST', this.#starts[at]!, this.#starts[at + 1]!), this.planes);
  }

  /** Reads all lists in the order of their dimensions; most reads are synchronous. */
  reader(): { read(at: number): Postings | Promise<Postings> } {
    const bytes = this.#bytesReader();
    return {
      read: at => {
        const list = bytes(at);
        if (list instanceof Promise) return list.then(read => readPostings(read, this.planes));
        return readPostings(list, this.planes);
      },
    };
  }

  #bytesReader(): (at: number) => Uint8Array | Promise<Uint8Array> {
    const stream = this.#file.stream('SPST');
    return at => {
      const [start, end] = [this.#starts[at]!, this.#starts[at + 1]!];
      return stream.known(start, end) ?? stream.read(start, end);
    };
  }

  /** The weights of passages `[first, end)`, dimension by dimension. Rejects with `DamagedError`. */
  async weightsOf(
    first: number,
    end: number,
    found: (passage: number, dimension: number, weight: number, place: number) => void,
  ): Promise<void> {
    const bytes = this.#bytesReader();
    for (let d = 0; d < this.dimensions.length; d++) {
      const read = bytes(d);
      const list = read instanceof Promise ? await read : read;
      scanPostings(list, this.planes, first, end, (doc, at, planesAt, count) => {
        const byte = (plane: number): number => list[planesAt + plane * count + at]!;
        const weight = levelOf(byte(0), byte(1)) * this.weightStep;
        const place = this.placeBytes === 1 ? widePlace(byte(2)) : byte(2) | (byte(3) << 8);
        found(doc, this.dimensions[d]!, weight, place);
      });
    }
  }

  /** The level and the place of a posting. */
  level(postings: Postings, at: number): number {
    const count = postings.docs.length;
    return levelOf(postings.planes[at]!, postings.planes[count + at]!);
  }

  place(postings: Postings, at: number): number {
    const first = planeOf(postings, 2)[at]!;
    return this.placeBytes === 1 ? widePlace(first) : first | (planeOf(postings, 3)[at]! << 8);
  }

  /** Throws `DamagedError`. */
  async verify(passages: number): Promise<void> {
    checkAscending(this.dimensions, 'dimensions');
    checkStarts(this.#starts, this.#file.lengthOf('SPST'), 'SPST');
    const reader = this.reader();
    for (let at = 0; at < this.dimensions.length; at++) {
      const postings = await reader.read(at);
      checkPostings(postings, passages, `dimension ${this.dimensions[at]}`);
      const impacts = planeOf(postings, 0);
      if (impacts.includes(0))
        throw new DamagedError(`dimension ${this.dimensions[at]}: a weight of nothing`);
    }
  }
}
