/** Passages by their content address, so that equal text is encoded once. */
import { fromHex } from './segment/hex.ts';
import type { Segment } from './segment/segment.ts';

export interface KnownPassage {
  readonly segment: Segment;
  readonly passage: number;
}

export class KnownPassages {
  /** Tables are built on demand: an index that is only searched needs none. */
  readonly #tables = new WeakMap<Segment, AddressTable>();

  /** Finds the newest passage with this address that has its vector. Rejects with `DamagedError`. */
  async find(hash: string, segments: readonly Segment[]): Promise<KnownPassage | null> {
    await this.load(segments);
    const address = fromHex(hash);
    for (let i = segments.length - 1; i >= 0; i--) {
      const segment = segments[i]!;
      const passage = this.#tables.get(segment)!.find(address, at => !segment.passages.isPending(at));
      if (passage !== null) return { segment, passage };
    }
    return null;
  }

  /** Ranks with names; rejects with `DamagedError`. */
  async load(segments: readonly Segment[]): Promise<void> {
    for (const segment of segments)
      if (!this.#tables.has(segment))
        this.#tables.set(segment, new AddressTable(await segment.passages.hashes()));
  }

  /** Whether a passage of these segments (which must all be loaded) is live and has its vector. */
  isLive(hash: string, segments: readonly Segment[]): boolean {
    const address = fromHex(hash);
    return segments.some(
      segment =>
        this.#tables
          .get(segment)
          ?.find(address, at => segment.live[at] === 1 && !segment.passages.isPending(at)) != null,
    );
  }
}

/**
 * A hash table with open addressing and twice as many slots as passages: 8 bytes a passage beside the 16 of
 * its address.
 */
class AddressTable {
  readonly #addresses: Uint8Array;
  /** The passage's number + 1; 0 where a slot is free. */
  readonly #slots: Uint32Array;

  constructor(addresses: Uint8Array) {
    this.#addresses = addresses;
    const count = addresses.length / 16;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    for (let passage = 0; passage < count; passage++) {
      let slot = this.#slotOf(addresses, 16 * passage);
      while (this.#slots[slot] !== 0) slot = (slot + 1) % this.#slots.length;
      this.#slots[slot] = passage + 1;
    }
  }

  find(address: Uint8Array, isWanted: (passage: number) => boolean): number | null {
    if (address.length !== 16) return null;
    for (let slot = this.#slotOf(address, 0); ; slot = (slot + 1) % this.#slots.length) {
      const passage = this.#slots[slot]! - 1;
      if (passage === -1) return null;
      if (this.#isAt(passage, address) && isWanted(passage)) return passage;
    }
  }

  #isAt(passage: number, address: Uint8Array): boolean {
    for (let i = 0; i < 16; i++) if (this.#addresses[16 * passage + i] !== address[i]) return false;
    return true;
  }

  /** The address is a hash already, so its bits give the slot. */
  #slotOf(bytes: Uint8Array, at: number): number {
    const number = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    return (number >>> 0) % this.#slots.length;
  }
}
