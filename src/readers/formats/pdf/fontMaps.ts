/** Maps of characters in TrueType fonts (OpenType, `cmap`): pdf.js takes overlapping segments apart one by one. */

const [DIRECTORY, TABLE, SUBTABLE, GROUP] = [12, 16, 8, 12];
const SFNT = new Set([0x0001_0000, 0x7472_7565, 0x4f54_544f]);
const MAX_SUBTABLES = 64;
const MAX_SEGMENTS = 0x11_0000;

/** Whether there was a map whose segments overlap: the table is called otherwise then, as if there were none. */
export function disarmFont(font: Buffer): boolean {
  try {
    if (font.length < DIRECTORY || !SFNT.has(font.readUInt32BE(0))) return false;
    for (let i = 0; i < font.readUInt16BE(4); i++) {
      const at = DIRECTORY + TABLE * i;
      if (font.toString('latin1', at, at + 4) !== 'cmap') continue;
      if (!overlaps(font.subarray(font.readUInt32BE(at + 8)))) continue;
      font.write('xmap', at, 'latin1');
      return true;
    }
  } catch (error) {
    // A table that points out of its font.
    if (!(error instanceof RangeError)) throw error;
  }
  return false;
}

function overlaps(table: Buffer): boolean {
  const count = Math.min(MAX_SUBTABLES, table.readUInt16BE(2));
  for (let i = 0; i < count; i++) {
    let last = -1;
    for (const [start, end] of segmentsOf(table.subarray(table.readUInt32BE(4 + SUBTABLE * i + 4)))) {
      if (end < start) continue;
      if (start <= last) return true;
      last = end;
    }
  }
  return false;
}

function* segmentsOf(map: Buffer): Generator<readonly [start: number, end: number]> {
  const format = map.readUInt16BE(0);
  if (format === 4) {
    const size = map.readUInt16BE(6) & ~1;
    for (let at = 14; at < 14 + size; at += 2) yield [map.readUInt16BE(at + 2 + size), map.readUInt16BE(at)];
  } else if (format === 12) {
    const count = Math.min(MAX_SEGMENTS, map.readUInt32BE(12));
    for (let at = 16; at < 16 + GROUP * count; at += GROUP)
      yield [map.readUInt32BE(at), map.readUInt32BE(at + 4)];
  }
}
