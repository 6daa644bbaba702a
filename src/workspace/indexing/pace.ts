/**
 * How much of a folder's queue is done, and how long the rest will take at the pace so far. Work is measured in bytes
 * of files: what a file costs is the tokens in it, and how many those are is known only when it has been read; over
 * many files they go with the bytes. (Counted by files, one book among notes was said to be a sixth of its time.)
 */

/** So little says nothing about the rest. */
const ENOUGH = { files: 5, bytes: 64_000 };
/** A larger file is hardly a text; it is left out when its turn comes. */
const LARGEST = 20_000_000;

export class Pace {
  readonly #now: () => number;
  #began: number | null = null;
  #settled = 0;
  #files = 0;
  /** Done before the clock began anew. */
  #before = 0;
  readonly #partly = new Map<string, number>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Work begins, or goes on. */
  begin(): void {
    this.#began ??= this.#now();
  }

  /** This much of a file that is under way is done, 0..1. */
  advance(name: string, bytes: number, share: number): void {
    this.#partly.set(name, workOf(bytes) * Math.min(1, share));
  }

  settle(name: string, bytes: number): void {
    this.#partly.delete(name);
    this.#settled += workOf(bytes);
    this.#files++;
  }

  /** Of a file that is under way: bytes that are done. */
  doneOf(name: string): number {
    return this.#partly.get(name) ?? 0;
  }

  /** The queue is empty. */
  end(): void {
    this.#began = null;
    this.#settled = this.#files = this.#before = 0;
    this.#partly.clear();
  }

  /** Work goes on after a pause, which says nothing about the pace. */
  restart(): void {
    if (this.#began === null) return;
    this.#before += this.done;
    this.#began = this.#now();
  }

  get done(): number {
    let partly = 0;
    for (const bytes of this.#partly.values()) partly += bytes;
    return this.#settled + partly - this.#before;
  }

  get files(): number {
    return this.#files;
  }

  /** Time of eviction in milliseconds. */
  get elapsed(): number {
    return this.#began === null ? 0 : this.#now() - this.#began;
  }
}

/** What a file counts for. */
export function workOf(bytes: number): number {
  return Math.min(bytes, LARGEST);
}

/** For folders that are indexed side by side, with so many bytes left in all; null while nothing can be said. */
export function secondsLeft(paces: readonly Pace[], waiting: number): number | null {
  const done = paces.reduce((sum, pace) => sum + pace.done, 0);
  const files = paces.reduce((sum, pace) => sum + pace.files, 0);
  const elapsed = Math.max(0, ...paces.map(pace => pace.elapsed));
  if (waiting <= 0 || done <= 0 || (files < ENOUGH.files && done < ENOUGH.bytes)) return null;
  return Math.ceil(((elapsed / done) * waiting) / 1000);
}
