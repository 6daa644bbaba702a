/** Paths that wait for their turn in one of the two stages, in order, and paths whose turn it is, with their bytes. */
import { Pace, workOf } from '../pace.ts';

interface Turn {
  readonly bytes: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export class StageQueue {
  readonly pace = new Pace();
  /** Files that a person looks at come before all others. */
  #urgent = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  readonly #underWay = new Map<string, Turn>();
  readonly #onEnd: () => void;
  /** Paths whose turns have ended since the queue was last empty, and which do not wait again. */
  readonly #settled = new Set<string>();

  /** `onEnd` is called when a turn ends. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Number of paths that wait or have their turn; one that was touched during its turn does both. */
  get size(): number {
    let size = this.#urgent.size + this.#waiting.size;
    for (const name of this.#underWay.keys()) if (!this.#waitsFor(name)) size++;
    return size;
  }

  #waitsFor(name: string): boolean {
    return this.#urgent.has(name) || this.#waiting.has(name);
  }

  get waits(): boolean {
    return this.#urgent.size + this.#waiting.size > 0;
  }

  /** Number of paths whose turns have ended since the queue was last empty, and which do not wait again. */
  get settled(): number {
    return this.#settled.size;
  }

  /** Waiting bytes, weighted as in `pace.ts`. */
  get bytes(): number {
    let bytes = 0;
    for (const waiting of this.#urgent.values()) bytes += workOf(waiting);
    for (const waiting of this.#waiting.values()) bytes += workOf(waiting);
    for (const [name, turn] of this.#underWay) bytes += workOf(turn.bytes) - this.pace.doneOf(name);
    return bytes;
  }

  /** Number of paths whose turn it is. */
  get turns(): number {
    return this.#underWay.size;
  }

  /** Resolves when the current turns have ended. */
  async ended(): Promise<void> {
    await Promise.all(Array.from(this.#underWay.values(), ({ done }) => done));
  }

  has(name: string): boolean {
    return this.#waitsFor(name) || this.#underWay.has(name);
  }

  isUnderWay(name: string): boolean {
    return this.#underWay.has(name);
  }

  /** How many paths come before one that waits; null where it does not wait. */
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

  /** Paths whose turn it is come first. */
  *[Symbol.iterator](): Generator<string> {
    yield* this.#underWay.keys();
    yield* this.#urgent.keys();
    yield* this.#waiting.keys();
  }

  /** Adds a path behind all that wait; one that waits already keeps its place. */
  add(name: string, bytes: number): void {
    this.#settled.delete(name);
    if (this.#urgent.has(name)) this.#urgent.set(name, bytes);
    else this.#waiting.set(name, bytes);
  }

  /** Adds paths before all that wait, in this order. */
  addFirst(files: ReadonlyMap<string, number>): void {
    for (const name of files.keys()) {
      this.drop(name);
      this.#settled.delete(name);
    }
    this.#urgent = new Map([...files, ...this.#urgent]);
  }

  /** Moves a waiting path before all others; any other path is left alone. */
  prefer(name: string): void {
    const bytes = this.#urgent.get(name) ?? this.#waiting.get(name);
    if (bytes !== undefined) this.addFirst(new Map([[name, bytes]]));
  }

  /** Moves the wanted waiting paths before all others and keeps their order. */
  preferAll(isWanted: (name: string) => boolean): void {
    const wanted = new Map([...this.#urgent, ...this.#waiting].filter(([name]) => isWanted(name)));
    if (wanted.size > 0) this.addFirst(wanted);
  }

  /** The first of the paths whose turn it is. */
  get current(): string | null {
    return this.#underWay.keys().next().value ?? null;
  }

  /** Removes a path that waits; a turn in progress goes on. */
  drop(name: string): void {
    this.#urgent.delete(name);
    this.#waiting.delete(name);
  }

  bytesOf(name: string): number | null {
    return this.#urgent.get(name) ?? this.#waiting.get(name) ?? this.#underWay.get(name)?.bytes ?? null;
  }

  /** The first waiting path that may have its turn; null also while `atOnce` paths have theirs. */
  next(atOnce: number, isFree: (name: string) => boolean): string | null {
    if (this.#underWay.size >= atOnce) return null;
    for (const waiting of [this.#urgent, this.#waiting])
      for (const name of waiting.keys()) if (!this.#underWay.has(name) && isFree(name)) return name;
    return null;
  }

  /**
   * Gives a path its turn; `work` is told whether it was urgent, and must not reject. A path never has two turns at
   * once, because they would race for its record.
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
    if (!this.#waitsFor(name)) this.#settled.add(name);
    this.#onEnd();
  }

  /** A share (0..1) of a path in progress is done. */
  advance(name: string, share: number): void {
    this.pace.advance(name, this.#underWay.get(name)?.bytes ?? 0, share);
  }

  /** Aborts the turn of a path. */
  abort(name: string): void {
    this.#underWay.get(name)?.abort.abort();
  }

  abortAll(): void {
    for (const { abort } of this.#underWay.values()) abort.abort();
  }

  /** The queue is empty, so whatever comes in from here on is counted anew. */
  end(): void {
    this.#settled.clear();
    this.pace.end();
  }
}
