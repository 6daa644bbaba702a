/**
 * Files within a document (attachments, OLE objects). They are read one level deep, within limits, after the document
 * itself.
 */
import type { DocumentBuilder } from '../documentBuilder.ts';
import type { ReadDocument, ReadOptions } from '../readers.ts';
import { UnpackBudget } from './zip/unpackBudget.ts';

const MAX_FILES = 64;
const MAX_BYTES = 32 * 1024 * 1024;
/** Deeper than any heading of the document itself. */
const DEPTH = 8;

interface EmbeddedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export class EmbeddedFiles {
  readonly #options: ReadOptions;
  readonly #budget: UnpackBudget;
  readonly #files: EmbeddedFile[] = [];
  #bytes = 0;

  constructor(options: ReadOptions, budget = options.budget ?? new UnpackBudget()) {
    this.#options = options;
    this.#budget = budget;
  }

  /** Whether the limits leave no room for another file. */
  get isFull(): boolean {
    return (
      this.#options.embedded === undefined || this.#files.length >= MAX_FILES || this.#bytes >= MAX_BYTES
    );
  }

  /** Adds a file; the extension of `name` decides which reader reads it. Files over the limits are left out. */
  add(name: string, bytes: Uint8Array): void {
    if (this.isFull || this.#bytes + bytes.length > MAX_BYTES) return;
    this.#bytes += bytes.length;
    this.#files.push({ name, bytes });
  }

  /** A file that cannot be read leaves only its name: the document itself has been read all the same. */
  async appendTo(builder: DocumentBuilder, depth = DEPTH): Promise<void> {
    for (const { name, bytes } of this.#files) {
      const result = await this.#options.embedded?.(name, bytes, { budget: this.#budget });
      if (result == null || 'problem' in result) continue;
      builder.leave(1);
      builder.heading(depth, shownName(name));
      appendDocument(builder, result, depth);
    }
  }
}

/** Appends the blocks of a document below the heading that is open at `depth`. */
export function appendDocument(builder: DocumentBuilder, document: ReadDocument, depth: number): void {
  let trail: readonly string[] = [];
  const { text, blocks, fields } = document;
  if (fields > 0) builder.block('paragraph', text.slice(0, fields));
  for (const { kind, start, end, headings } of blocks) {
    let same = 0;
    while (same < headings.length && headings[same] === trail[same]) same++;
    // A heading with nothing below it is a block of its own; its heading is not repeated.
    if (headings.length < trail.length && same === headings.length) builder.leave(depth + 1 + same);
    for (let i = same; i < headings.length; i++) builder.heading(depth + 1 + i, headings[i]!);
    trail = headings;
    builder.block(kind, text.slice(start, end));
  }
}

/** Names of parts that programs make up (`oleObject1.bin`) are not shown. */
function shownName(name: string): string {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return /^(?:oleObject|Microsoft_|_+\d|embedded)/iu.test(own) ? '' : own;
}
