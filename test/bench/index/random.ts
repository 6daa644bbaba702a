/** Seeded numbers in [0, 1): the same corpus on every machine. A Weyl sequence through an integer hash. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e37_79b1) >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x9e37_79b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.next());
  }

  /** A rank below `limit` with probability about 1 / (rank + shift): Zipf-Mandelbrot with exponent 1. */
  zipf(limit: number, shift: number): number {
    return Math.min(limit - 1, Math.floor(shift * ((1 + limit / shift) ** this.next() - 1)));
  }
}
