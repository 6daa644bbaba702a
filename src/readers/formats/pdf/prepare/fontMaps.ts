/** Character maps of TrueType fonts (OpenType, `cmap`): pdf.js takes overlapping segments apart one by one. */
import { disarmCff } from './cffFonts.ts';

const [DIRECTORY, TABLE, SUBTABLE, GROUP] = [12, 16, 8, 12];
const SFNT = new Set([0x0001_0000, 0x7472_7565, 0x4f54_544f]);
const MAX_SUBTABLES = 64;
const MAX_SEGMENTS = 0x11_0000;

/**
 * Whether there was a map with overlapping segments, or glyphs that are disarmed; the table of the map gets another
 * name, as if there were none.
 */
export function disarmFont(font: Buffer): boolean {
  let isChanged = false;
  try {
    if (font.length < DIRECTORY || !SFNT.has(font.readUInt32BE(0))) return false;
    for (let i = 0; i < font.readUInt16BE(4); i++)
      isChanged = disarmTable(font, DIRECTORY + TABLE * i) || isChanged;
  } catch (error) {
    // The directory or a table points outside its font.
    if (!(error instanceof RangeError)) throw error;
  }
  return isChanged;
}

/** `entry` is the place in the font's directory. */
function disarmTable(font: Buffer, entry: number): boolean {
  const name = font.toString('latin1', entry, entry + 4);
  if (name !== 'cmap' && name !== 'CFF ') return false;
  const start = font.readUInt32BE(entry + 8);
  if (name === 'CFF ') return disarmCff(font.subarray(start, start + font.readUInt32BE(entry + 12)));
  if (!overlapsIn(font.subarray(start))) return false;
  font.write('xmap', entry, 'latin1');
  return true;
}

/** A map that points outside of its table is none. */
function overlapsIn(table: Buffer): boolean {
  try {
    return overlaps(table);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
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
