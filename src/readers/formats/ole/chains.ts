/** Which sector of a compound file follows which (MS-CFB 2.3), with what can be guessed where the table is damaged. */

/** Numbers from here on are marks: free, end of a chain, sectors of the tables themselves. */
export const LAST_SECTOR = 0xfffffffa;
const END_OF_CHAIN = 0xfffffffe;
export const FREE = 0xffffffff;

export class SectorTable {
  readonly #next: Uint32Array;
  /** How many sectors each is said to follow, up to two: more than one only where the table is damaged. */
  readonly #before: Uint8Array;
  readonly #count: number;

  /** `count`: sectors that there are, whether the table knows of them or not. */
  constructor(next: Uint32Array, count: number) {
    this.#next = next;
    this.#count = count;
    this.#before = new Uint8Array(count);
    for (const sector of next) if (sector < count && this.#before[sector]! < 2) this.#before[sector]!++;
  }

  /** `most` sectors from `start` on. A chain that comes back to itself ends there. */
  *chain(start: number, most: number): Generator<number> {
    const seen = new Set<number>();
    for (let sector = start; sector < this.#count && !seen.has(sector) && seen.size < most;) {
      seen.add(sector);
      yield sector;
      sector = this.#after(sector, seen);
    }
  }

  /**
   * Programs write a stream in one piece where they can: what leads nowhere, or where another chain or this one has
   * been, leads to the sector behind it.
   */
  #after(sector: number, seen: ReadonlySet<number>): number {
    const next = this.#next[sector] ?? FREE;
    if (next === END_OF_CHAIN) return FREE;
    const behind = sector + 1;
    if (next === behind) return next;
    const isTaken = behind >= this.#count || seen.has(behind) || this.#before[behind]! > 0;
    const isSound = next < this.#count && !seen.has(next) && this.#before[next] === 1;
    return isSound || isTaken ? next : behind;
  }
}

export function asNumbers(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(Math.floor(bytes.length / 4));
  for (let i = 0; i < numbers.length; i++) numbers[i] = bytes.readUInt32LE(i * 4);
  return numbers;
}
