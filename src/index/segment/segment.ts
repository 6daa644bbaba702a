/**
 * An immutable segment ("leaf"): up to 65,535 passages with everything that a search needs. Its sections are
 * described in the files that read them: `fileHeads.ts`, `passageTable.ts`, `semanticLists.ts`,
 * `lexicalLists.ts`.
 */
import { blobOf, type OpenBlob } from '../blobStore.ts';
import { FileHeads } from './fileHeads.ts';
import { LexicalLists } from './lexicalLists.ts';
import { PassageTable, type StoredPassage } from './passages/passageTable.ts';
import type { Postings } from './postings.ts';
import type { FileHead } from '../records.ts';
import { DamagedError, SectionFile } from './sections.ts';
import { SemanticLists } from './semanticLists.ts';

/** The number of a passage fits 16 bits. */
export const MAX_PASSAGES = 65_535;

export class Segment {
  readonly name: string;
  /** Size of the file on disk in bytes. */
  readonly bytes: number;
  readonly passageCount: number;
  readonly fileCount: number;
  /** Live flag of each passage; a newer record of its file clears it (`markDeleted`). */
  readonly live: Uint8Array;
  readonly files: FileHeads;
  readonly passages: PassageTable;
  readonly semanticLists: SemanticLists;
  readonly lexicalLists: LexicalLists;
  readonly #file: SectionFile;
  /** Newer heads of files whose passages are here: the segment that has the head, and the number of the file in it. */
  readonly #newerHeads = new Map<number, { readonly segment: Segment; readonly file: number }>();
  #liveCount = 0;
  #liveBodyLength = 0;
  #liveHeadingLength = 0;

  private constructor(name: string, file: SectionFile) {
    this.name = name;
    this.bytes = file.size;
    this.#file = file;
    this.files = new FileHeads(file.sections);
    this.passages = new PassageTable(file);
    this.semanticLists = new SemanticLists(file);
    this.lexicalLists = new LexicalLists(file);
    this.fileCount = this.files.length;
    this.passageCount = this.passages.length;
    if (this.files.passageCount !== this.passageCount || this.passageCount > MAX_PASSAGES)
      throw new DamagedError('files and passages do not fit each other');
    this.live = new Uint8Array(this.passageCount);
    this.markAllLive();
  }

  /** Opens a segment and checks the part read now; the rest is checked when it is read. Throws `DamagedError`. */
  static async open(name: string, blob: OpenBlob): Promise<Segment> {
    return new Segment(name, await SectionFile.open(blob));
  }

  /** Opens a segment that is in memory as a whole. */
  static of(name: string, image: Uint8Array): Promise<Segment> {
    return Segment.open(name, blobOf(image));
  }

  /** Reads everything, checks every checksum, and that the parts fit together. Throws `DamagedError`. */
  async verify(): Promise<void> {
    await this.#file.verify();
    await this.passages.verify();
    await this.semanticLists.verify(this.passageCount);
    await this.lexicalLists.verify(this.passageCount);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  get liveCount(): number {
    return this.#liveCount;
  }

  /** Sum of the lengths of live passages, for BM25's average. */
  get liveBodyLength(): number {
    return this.#liveBodyLength;
  }

  get liveHeadingLength(): number {
    return this.#liveHeadingLength;
  }

  /** Makes all passages live and all heads their own again, as when the segment was written. */
  markAllLive(): void {
    this.live.fill(1);
    this.#newerHeads.clear();
    this.#liveCount = this.passageCount;
    this.#liveBodyLength = 0;
    this.#liveHeadingLength = 0;
    for (let p = 0; p < this.passageCount; p++) {
      this.#liveBodyLength += this.passages.bodyLength(p);
      this.#liveHeadingLength += this.passages.headingLength(p);
    }
  }

  /** Deletes the passages `[first, end)`: they are no longer found. */
  markDeleted(first: number, end: number): void {
    for (let p = first; p < end; p++) {
      if (this.live[p] === 0) continue;
      this.live[p] = 0;
      this.#liveCount--;
      this.#liveBodyLength -= this.passages.bodyLength(p);
      this.#liveHeadingLength -= this.passages.headingLength(p);
    }
  }

  /** The current head of a file, which a newer segment may hold. */
  file(index: number): FileHead {
    const { first, end } = this.passagesOf(index);
    const own = { ...this.files.head(index), pendingCount: this.passages.pendingIn(first, end) };
    const newer = this.#newerHeads.get(index);
    if (newer === undefined) return own;
    const { keepsPassages: _, ...head } = newer.segment.files.head(newer.file);
    const { passageCount, pendingCount, tags } = own;
    return { ...head, passageCount, pendingCount, tags };
  }

  /** Gives a file the newer head that another segment holds. */
  updateHead(index: number, segment: Segment, file: number): void {
    this.#newerHeads.set(index, { segment, file });
  }

  /** The passages `[first, end)` of a file. */
  passagesOf(file: number): { first: number; end: number } {
    return this.files.passagesOf(file);
  }

  fileOf(passage: number): number {
    return this.files.fileOf(passage);
  }

  passage(index: number): Promise<StoredPassage> {
    return this.passages.place(index);
  }

  text(passage: number): Promise<string> {
    return this.passages.text(passage);
  }

  bodyLength(passage: number): number {
    return this.passages.bodyLength(passage);
  }

  headingLength(passage: number): number {
    return this.passages.headingLength(passage);
  }

  /** A weight of impact i is at most `i * impactStep` and above `(i - 1) * impactStep`. */
  get impactStep(): number {
    return this.semanticLists.impactStep;
  }

  /** Postings of a dimension; null where it has none. */
  semantic(dimension: number): Promise<Postings | null> {
    return this.semanticLists.find(dimension);
  }

  /** Postings of a lexical term given as UTF-8; null where it has none. */
  lexical(term: Uint8Array): Promise<Postings | null> {
    return this.lexicalLists.find(term);
  }
}
