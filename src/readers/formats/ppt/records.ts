/** Records of a PowerPoint 97-2003 stream (MS-PPT 2.3.1): a header of eight bytes, then data or further records. */

export interface PptRecord {
  readonly type: number;
  readonly instance: number;
  /** Whether it holds records. */
  readonly isContainer: boolean;
  /** Start of its data. */
  readonly start: number;
  readonly end: number;
}

const HEADER = 8;

/** The record whose header stands at `at`; null where there is no room for one. */
export function recordAt(stream: Buffer, at: number, limit = stream.length): PptRecord | null {
  if (at < 0 || at + HEADER > limit) return null;
  const version = stream.readUInt16LE(at);
  const start = at + HEADER;
  const end = Math.min(limit, start + stream.readUInt32LE(at + 4));
  return {
    type: stream.readUInt16LE(at + 2),
    instance: version >> 4,
    isContainer: (version & 0xf) === 0xf,
    start,
    end,
  };
}

export function* recordsIn(stream: Buffer, start: number, end: number): Generator<PptRecord> {
  for (let at = start; at < end;) {
    const record = recordAt(stream, at, end);
    if (record === null) return;
    yield record;
    at = record.end;
  }
}

/** It declares itself as data, but what newer versions added (comments) are records in it. */
const TAG_DATA = 5003;
/** Deeper records are damage. */
const MAX_DEPTH = 64;

/** All records below one, a container before its content. `enters` tells whether to look into a container. */
export function* recordsBelow(
  stream: Buffer,
  record: PptRecord,
  enters: (record: PptRecord) => boolean = () => true,
  depth = 0,
): Generator<PptRecord> {
  for (const child of recordsIn(stream, record.start, record.end)) {
    yield child;
    if ((child.isContainer || child.type === TAG_DATA) && depth < MAX_DEPTH && enters(child))
      yield* recordsBelow(stream, child, enters, depth + 1);
  }
}
