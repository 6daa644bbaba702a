/** Records of a workbook's stream (MS-XLS 2.1.4): type, length and data; long data continue in further records. */

export interface BiffRecord {
  readonly type: number;
  /** Offset of its header, by which sheets are found. */
  readonly at: number;
  /** Its data, then that of each continuation record. */
  readonly parts: readonly [Buffer, ...Buffer[]];
}

const [FILEPASS, CONTINUE] = [0x2f, 0x3c];
/** The record stands at the head of the globals. */
const HEAD = 64;

export function* biffRecords(stream: Buffer): Generator<BiffRecord> {
  let open: { readonly type: number; readonly at: number; readonly parts: [Buffer, ...Buffer[]] } | null =
    null;
  for (let at = 0; at + 4 <= stream.length;) {
    const type = stream.readUInt16LE(at);
    const data = stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2));
    if (type === CONTINUE && open !== null) open.parts.push(data);
    else {
      if (open !== null) yield open;
      open = { type, at, parts: [data] };
    }
    at += 4 + data.length;
    if (data.length === 0 && at >= stream.length) break;
  }
  if (open !== null) yield open;
}

/** Whether a password is needed: all records after this one are encrypted. */
export function isProtectedBiff(stream: Buffer): boolean {
  let count = 0;
  for (const { type } of biffRecords(stream)) {
    if (type === FILEPASS) return true;
    if (++count > HEAD) return false;
  }
  return false;
}
