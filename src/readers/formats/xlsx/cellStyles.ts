/** The number format of each cell style (ECMA-376 part 1, 18.8). */
import { attribute, parseXml } from '../xml/parseXml.ts';
import type { NumberFormat } from './numberFormat.ts';

/** Excel's own limit is 65,490. */
const MAX_STYLES = 70_000;

export const GENERAL: NumberFormat = { id: 0, code: '' };

/** Formats by the style number of a cell. */
export function cellFormats(bytes: Uint8Array | null): readonly NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  if (bytes === null) return formats;
  parseXml(bytes, {
    open: (name, attributes) => {
      if (name === 'numFmt' && !inCells)
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode'));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells && formats.length < MAX_STYLES) {
        const id = Number(attribute(attributes, 'numFmtId')) || 0;
        formats.push({ id, code: codes.get(id) ?? '' });
      }
    },
    close: name => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}
