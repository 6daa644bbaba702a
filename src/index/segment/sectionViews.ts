/** Typed views into a file's sections. They throw `DamagedError` where a section is missing or odd. */
import { DamagedError, type Sections } from './sections.ts';

export function bytes(sections: Sections, name: string): Uint8Array {
  const found = sections.get(name);
  if (found === undefined) throw new DamagedError(`section ${name} missing`);
  return found;
}

export function u32(sections: Sections, name: string): Uint32Array {
  const found = bytes(sections, name);
  if (found.length % 4 !== 0) throw new DamagedError(`section ${name} length`);
  return new Uint32Array(found.buffer, found.byteOffset, found.length / 4);
}

export function f64(sections: Sections, name: string): Float64Array {
  const found = bytes(sections, name);
  if (found.length % 8 !== 0) throw new DamagedError(`section ${name} length`);
  return new Float64Array(found.buffer, found.byteOffset, found.length / 8);
}

/** In a sorted section: the position of the first number that is not below `key`. */
export function lowerBound(sorted: Uint32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
