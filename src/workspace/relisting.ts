/**
 * Decides when open folders are listed again although no event asks for it.
 *
 * Events get lost: a queue of the system overflows, and a watcher that has just heard of a new folder misses the files
 * that are made in it at the same moment. A listing costs little beside that, and finds all there is.
 */

/** Milliseconds after the last event of a folder: by then whoever makes it has mostly filled it. */
const SOON = [3_000, 20_000] as const;
/** Milliseconds between two listings while nothing else happens. */
const OFTEN = 5 * 60_000;

export class Relisting {
  readonly #relist: (isAsked: boolean) => void;
  readonly #soon: readonly number[];
  readonly #often: NodeJS.Timeout;
  #timers: NodeJS.Timeout[] = [];

  /** `relist` is told whether an event asks for it, or only the time that has passed. */
  constructor(relist: (isAsked: boolean) => void, soon: readonly number[] = SOON, often: number = OFTEN) {
    this.#relist = relist;
    this.#soon = soon;
    // A process that ends waits for no listing.
    this.#often = setInterval(() => relist(false), often).unref();
  }

  /** A folder came, went or changed: it is looked at again when things have settled. */
  soon(): void {
    this.#stop();
    this.#timers = this.#soon.map(delay => setTimeout(() => this.#relist(true), delay).unref());
  }

  close(): void {
    clearInterval(this.#often);
    this.#stop();
  }

  #stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }
}
