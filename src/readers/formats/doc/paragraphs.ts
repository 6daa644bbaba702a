/** Tells which paragraphs of a Word 97-2003 document are headings or end a row of a table (MS-DOC 2.8.6, 2.9.174). */

export interface ParagraphRun {
  /** Offset in the stream. */
  readonly start: number;
  readonly end: number;
  /** Number of the paragraph's style; 1 to 9 are headings 1 to 9 in every document and language. */
  readonly style: number;
  /** Its outline level, zero-based; null where the paragraph has none of its own. */
  readonly outline: number | null;
  readonly endsRow: boolean;
}

const PAGE = 512;
/** Maximum number of property pages: as many as a document of 16 MB may have. */
const MAX_PAGES = 100_000;
const [OUTLINE, ENDS_ROW] = [0x2640, 0x2417];
/**
 * Length of an operand in bytes, by the three upper bits of its operation; for 6, the operand's first byte gives it.
 */
const OPERAND = [1, 1, 2, 4, 2, 2, 0, 3];

/** Runs in ascending order; those out of bounds are left out. */
export function paragraphRuns(stream: Buffer, plc: Buffer): readonly ParagraphRun[] {
  const count = Math.min(MAX_PAGES, Math.max(0, Math.floor((plc.length - 4) / 8)));
  const runs: ParagraphRun[] = [];
  for (let i = 0; i < count; i++) {
    const page = (plc.readUInt32LE((count + 1) * 4 + i * 4) & 0x3fffff) * PAGE;
    if (page + PAGE <= stream.length) addPage(runs, stream.subarray(page, page + PAGE));
  }
  return runs.sort((a, b) => a.start - b.start);
}

function addPage(runs: ParagraphRun[], page: Buffer): void {
  const count = Math.min(page[PAGE - 1]!, Math.floor((PAGE - 5) / 17));
  for (let i = 0; i < count; i++) {
    const start = page.readUInt32LE(i * 4);
    const end = page.readUInt32LE(i * 4 + 4);
    const at = page[(count + 1) * 4 + i * 13]! * 2;
    runs.push({ start, end, ...propertiesAt(page, at) });
  }
}

function propertiesAt(page: Buffer, at: number): Omit<ParagraphRun, 'start' | 'end'> {
  let [style, outline, endsRow] = [0, null as number | null, false];
  if (at > 0 && at + 4 < PAGE) {
    const isLong = page[at] === 0;
    const begin = isLong ? at + 2 : at + 1;
    const end = Math.min(PAGE - 1, begin + (isLong ? page[at + 1]! * 2 : page[at]! * 2 - 1));
    style = page.readUInt16LE(begin);
    for (let op = begin + 2; op + 3 <= end;) {
      const code = page.readUInt16LE(op);
      const size = OPERAND[code >> 13]!;
      if (code === OUTLINE) outline = page[op + 2]!;
      if (code === ENDS_ROW) endsRow = page[op + 2] === 1;
      op += 2 + (size > 0 ? size : 1 + page[op + 2]!);
    }
  }
  return { style, outline, endsRow };
}

/** The run that contains an offset. */
export function runAt(runs: readonly ParagraphRun[], offset: number): ParagraphRun | undefined {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  return run !== undefined && run.start <= offset && offset < run.end ? run : undefined;
}
