/**
 * The lexical half of a segment: a list of postings for each term.
 *
 * Terms (UTF-8, sorted by bytes) stand in blocks of 64. In memory: LBLK the first term of each block
 * (strings) · LBOF start of each block in LTRM, and of its first list in LPST (u32 × 2, one more pair at the
 * end). Read on demand: LTRM for each term the number of bytes shared with the one before (varint; 0 in a
 * block's first), the number of bytes that follow (varint) and these, then the length of its list and its
 * number of postings (varints) · LPST (`postings.ts`).
 */
import { ByteReader, ByteSink, bytesOf } from './byteSink.ts';
import { readPostings, writePostings, type Postings } from './postings.ts';
import { DamagedError, type SectionFile, type SectionList } from './sections.ts';
import { checkPostings, checkStarts } from './segmentInvariants.ts';
import { bytes, u32 } from './sectionViews.ts';
import { compareBytes, StringTable, writeByteStrings } from './stringTable.ts';

const BLOCK = 64;

export class LexicalWriter {
  readonly #terms = new ByteSink();
  readonly #lists = new ByteSink();
  readonly #firsts: Uint8Array[] = [];
  readonly #offsets: number[] = [];
  #count = 0;
  #last: Uint8Array = new Uint8Array();

  /** Terms must ascend by their bytes. */
  add(term: Uint8Array, postings: Postings): void {
    const isFirst = this.#count++ % BLOCK === 0;
    if (isFirst) {
      this.#firsts.push(term);
      this.#offsets.push(this.#terms.length, this.#lists.length);
    }
    const shared = isFirst ? 0 : sharedLength(this.#last, term);
    this.#terms.varint(shared);
    this.#terms.varint(term.length - shared);
    this.#terms.append(term.subarray(shared));
    const before = this.#lists.length;
    writePostings(this.#lists, postings);
    this.#terms.varint(this.#lists.length - before);
    this.#terms.varint(postings.docs.length);
    this.#last = term;
  }

  sections(): SectionList {
    const offsets = Uint32Array.from([...this.#offsets, this.#terms.length, this.#lists.length]);
    return [
      ['LBLK', [writeByteStrings(this.#firsts)]],
      ['LBOF', [bytesOf(offsets)]],
      ['LTRM', this.#terms.chunks()],
      ['LPST', this.#lists.chunks()],
    ];
  }
}

/** Start of a block in LTRM and LPST, and then that of the next one. */
type Offsets = [number, number, number, number];

/** A term of a segment, and the place of its list in LPST. */
export interface StoredTerm {
  readonly term: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Number of postings. */
  readonly count: number;
}

export class LexicalLists {
  readonly blockCount: number;
  readonly #file: SectionFile;
  readonly #firsts: StringTable;
  readonly #offsets: Uint32Array;

  /** Throws `DamagedError`. */
  constructor(file: SectionFile) {
    this.#file = file;
    this.#firsts = new StringTable(bytes(file.sections, 'LBLK'));
    this.#offsets = u32(file.sections, 'LBOF');
    this.blockCount = this.#firsts.length;
    const n = this.blockCount;
    if (
      this.#offsets.length !== 2 * (n + 1) ||
      this.#offsets[2 * n] !== file.lengthOf('LTRM') ||
      this.#offsets[2 * n + 1] !== file.lengthOf('LPST')
    )
      throw new DamagedError('terms do not fit each other');
  }

  /** null where the term has no postings. */
  async find(term: Uint8Array): Promise<Postings | null> {
    const block = this.#blockOf(term);
    if (block === -1) return null;
    const [start, end] = [this.#offsets[2 * block]!, this.#offsets[2 * block + 2]!];
    const found = this.#placeIn(block, await this.#file.read('LTRM', start, end), term);
    return found === null ? null : this.#list(found);
  }

  /**
   * Finds the place of a term's list without decoding the other terms of the block, which would take half of
   * a first search's time.
   */
  #placeIn(block: number, read: Uint8Array, key: Uint8Array): Pick<StoredTerm, 'start' | 'end'> | null {
    const reader = new ByteReader(read);
    let start = this.#offsets[2 * block + 1]!;
    /** Length of the prefix that the last term shares with the key. */
    let equal = 0;
    while (!reader.ended) {
      const shared = reader.varint();
      const rest = reader.bytes(reader.varint());
      const end = start + reader.varint();
      reader.varint();
      if (shared < equal) equal = shared;
      if (shared === equal) {
        let i = 0;
        while (i < rest.length && equal < key.length && rest[i] === key[equal])
          [i, equal] = [i + 1, equal + 1];
        if (i === rest.length && equal === key.length) return { start, end };
      }
      start = end;
    }
    return null;
  }

  /** At most `limit` terms that begin with the given bytes, in order. */
  async withPrefix(prefix: Uint8Array, limit: number): Promise<readonly StoredTerm[]> {
    const found: StoredTerm[] = [];
    for (let block = Math.max(0, this.#blockOf(prefix)); block < this.blockCount; block++)
      for (const stored of await this.#block(block)) {
        if (startsWith(stored.term, prefix)) found.push(stored);
        else if (compareBytes(stored.term, prefix) > 0) return found;
        if (found.length === limit) return found;
      }
    return found;
  }

  /** All terms that begin with the given bytes, in order, block by block; their lists are not read. */
  async *dictionary(prefix: Uint8Array): AsyncGenerator<readonly StoredTerm[]> {
    const terms = this.#file.stream('LTRM');
    for (let block = Math.max(0, this.#blockOf(prefix)); block < this.blockCount; block++) {
      const [from, to] = [this.#offsets[2 * block]!, this.#offsets[2 * block + 2]!];
      const stored = this.#termsIn(block, await terms.read(from, to));
      const found = stored.filter(({ term }) => startsWith(term, prefix));
      if (found.length > 0) yield found;
      if (found.length < stored.length && compareBytes(stored.at(-1)!.term, prefix) > 0) return;
    }
  }

  /** The lists of neighbouring terms. */
  async lists(terms: readonly StoredTerm[]): Promise<readonly Postings[]> {
    if (terms.length === 0) return [];
    const base = terms[0]!.start;
    const read = await this.#file.read('LPST', base, terms.at(-1)!.end);
    return terms.map(({ start, end }) => readPostings(read.subarray(start - base, end - base), 1));
  }

  async #list({ start, end }: Pick<StoredTerm, 'start' | 'end'>): Promise<Postings> {
    return readPostings(await this.#file.read('LPST', start, end), 1);
  }

  /** The last block whose first term is not above the key; -1 where all are above. */
  #blockOf(key: Uint8Array): number {
    const at = this.#firsts.lowerBound(key);
    return at < this.blockCount && compareBytes(this.#firsts.bytes(at), key) === 0 ? at : at - 1;
  }

  async #block(number: number): Promise<StoredTerm[]> {
    const [start, end] = [this.#offsets[2 * number]!, this.#offsets[2 * number + 2]!];
    return this.#termsIn(number, await this.#file.read('LTRM', start, end));
  }

  #termsIn(block: number, read: Uint8Array): StoredTerm[] {
    const reader = new ByteReader(read);
    const terms: StoredTerm[] = [];
    let last = new Uint8Array();
    let start = this.#offsets[2 * block + 1]!;
    while (!reader.ended) {
      const shared = reader.varint();
      const rest = reader.bytes(reader.varint());
      const term = new Uint8Array(shared + rest.length);
      if (shared > last.length) throw new DamagedError('a term is longer than it can be');
      term.set(last.subarray(0, shared));
      term.set(rest, shared);
      const end = start + reader.varint();
      terms.push({ term, start, end, count: reader.varint() });
      [last, start] = [term, end];
    }
    if (start !== this.#offsets[2 * block + 3])
      throw new DamagedError('terms and lists do not fit each other');
    return terms;
  }

  /** All terms with their lists, in order, block by block. */
  async *blocks(): AsyncGenerator<
    readonly { readonly term: Uint8Array; readonly count: number; readonly postings: Postings }[]
  > {
    const terms = this.#file.stream('LTRM');
    const lists = this.#file.stream('LPST');
    for (let block = 0; block < this.blockCount; block++) {
      const [from, first, to, last] = [0, 1, 2, 3].map(i => this.#offsets[2 * block + i]!) as Offsets;
      const stored = this.#termsIn(block, await terms.read(from, to));
      const read = await lists.read(first, last);
      yield stored.map(({ term, start, end, count }) => ({
        term,
        count,
        postings: readPostings(read.subarray(start - first, end - first), 1),
      }));
    }
  }

  /** Throws `DamagedError`. */
  async verify(passages: number): Promise<void> {
    for (const column of [0, 1])
      checkStarts(
        this.#offsets.filter((_, i) => i % 2 === column),
        this.#offsets.at(-2 + column)!,
        'terms',
      );
    let block = 0;
    let last: Uint8Array | null = null;
    for await (const terms of this.blocks()) {
      if (compareBytes(this.#firsts.bytes(block++), terms[0]?.term ?? new Uint8Array()) !== 0)
        throw new DamagedError('a block begins with another term');
      for (const { term, count, postings } of terms) {
        if (count !== postings.docs.length) throw new DamagedError('terms: a list is not as long as it says');
        if (last !== null && compareBytes(last, term) >= 0) throw new DamagedError('terms: not ascending');
        last = term;
        checkPostings(postings, passages, 'term');
      }
    }
  }
}

function sharedLength(a: Uint8Array, b: Uint8Array): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}

function startsWith(term: Uint8Array, prefix: Uint8Array): boolean {
  return term.length >= prefix.length && sharedLength(term, prefix) === prefix.length;
}
