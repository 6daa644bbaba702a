/** Paths that wait for their turn in one of the two stages, in order, and those whose turn it is, with their bytes. */
import { Pace, workOf } from '../pace.ts';

interface Turn {
  readonly bytes: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class StageQueue {
  readonly pace = new Pace();
  /** What somebody looks at comes before all else. */
  #urgent = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  readonly #underWay = new Map<string, Turn>();
  readonly #onEnd: () => void;
  #settled = 0;

  /** `onEnd`: a turn came to its end. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Paths that wait or have their turn. */
  get size(): number {
    return this.#urgent.size + this.#waiting.size + this.#underWay.size;
  }

  get waits(): boolean {
    return this.#urgent.size + this.#waiting.size > 0;
  }

  /** Turns that came to their end since the queue was last empty. */
  get settled(): number {
    return this.#settled;
  }

  /** Bytes that wait, as far as they count (`pace.ts`). */
  get bytes(): number {
    let bytes = 0;
    for (const waiting of this.#urgent.values()) bytes += workOf(waiting);
    for (const waiting of this.#waiting.values()) bytes += workOf(waiting);
    for (const [name, turn] of this.#underWay) bytes += workOf(turn.bytes) - this.pace.doneOf(name);
    return bytes;
  }

  /** Paths whose turn it is. */
  get turns(): number {
    return this.#underWay.size;
  }

  /** Resolves when the turns of now have come to their end. */
  async ended(): Promise<void> {
    await Promise.all(Array.from(this.#underWay.values(), ({ done }) => done));
  }

  has(name: string): boolean {
    return this.#urgent.has(name) || this.#waiting.has(name) || this.#underWay.has(name);
  }

  isUnderWay(name: string): boolean {
    return this.#underWay.has(name);
  }

  /** How many have their turn before a path that waits; null where it does not. */
  before(name: string): number | null {
    if (this.#underWay.has(name)) return 0;
    if (!this.has(name)) return null;
    let before = 0;
    for (const other of this) {
      if (other === name) break;
      before++;
    }
    return before;
  }

  /** Those whose turn it is first. */
  *[Symbol.iterator](): Generator<string> {
    yield* this.#underWay.keys();
    yield* this.#urgent.keys();
    yield* this.#waiting.keys();
  }

  /** Behind all that wait; keeps the place of one that does. */
  add(name: string, bytes: number): void {
    if (this.#urgent.has(name)) this.#urgent.set(name, bytes);
    else this.#waiting.set(name, bytes);
  }

  /** Before all that wait, in this order. */
  addFirst(files: ReadonlyMap<string, number>): void {
    for (const name of files.keys()) this.drop(name);
    this.#urgent = new Map([...files, ...this.#urgent]);
  }

  /** A path that waits goes before all others; any other is left alone. */
  prefer(name: string): void {
    const bytes = this.#urgent.get(name) ?? this.#waiting.get(name);
    if (bytes !== undefined) this.addFirst(new Map([[name, bytes]]));
  }

  /** Paths that wait and are wanted go before all others, in the order that they have. */
  preferAll(isWanted: (name: string) => boolean): void {
    const wanted = new Map([...this.#urgent, ...this.#waiting].filter(([name]) => isWanted(name)));
    if (wanted.size > 0) this.addFirst(wanted);
  }

  /** The first of the paths whose turn it is. */
  get current(): string | null {
    return this.#underWay.keys().next().value ?? null;
  }

  /** A path waits no more; what has its turn goes on. */
  drop(name: string): void {
    this.#urgent.delete(name);
    this.#waiting.delete(name);
  }

  bytesOf(name: string): number | null {
    return this.#urgent.get(name) ?? this.#waiting.get(name) ?? this.#underWay.get(name)?.bytes ?? null;
  }

  /** The first that waits and may have its turn; null also while `atOnce` have theirs. */
  next(atOnce: number, isFree: (name: string) => boolean): string | null {
    if (this.#underWay.size >= atOnce) return null;
    for (const waiting of [this.#urgent, this.#waiting])
      for (const name of waiting.keys()) if (!this.#underWay.has(name) && isFree(name)) return name;
    return null;
  }

  /**
   * Lets a path have its turn; `work` is told whether it was urgent, and must not reject. None has two at a time: they
   * would race for its record.
   */
  begin(name: string, work: (signal: AbortSignal, isUrgent: boolean) => Promise<void>): void {
    const isUrgent = this.#urgent.has(name);
    const bytes = this.bytesOf(name) ?? 0;
    this.drop(name);
    this.pace.begin();
    const abort = new AbortController();
    const done = this.#ended(name, bytes, work(abort.signal, isUrgent));
    this.#underWay.set(name, { bytes, abort, done });
  }

  async #ended(name: string, bytes: number, work: Promise<void>): Promise<void> {
    await work;
    this.#underWay.delete(name);
    this.pace.settle(name, bytes);
    this.#settled++;
    this.#onEnd();
  }

  /** This much of a path whose turn it is is done, 0..1. */
  advance(name: string, share: number): void {
    this.pace.advance(name, this.#underWay.get(name)?.bytes ?? 0, share);
  }

  /** Ends the turn of a path before its time. */
  abort(name: string): void {
    this.#underWay.get(name)?.abort.abort();
  }

  abortAll(): void {
    for (const { abort } of this.#underWay.values()) abort.abort();
  }

  /** The queue is empty: what comes in from here on is counted anew. */
  end(): void {
    this.#settled = 0;
    this.pace.end();
  }
}
