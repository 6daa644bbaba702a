/** A signal that aborts when the outer one does, or when nothing has happened for a while. */
import { TransferError } from './transferError.ts';

export class Patience {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #milliseconds: number;
  readonly #subject: string;
  #timer: NodeJS.Timeout | undefined;

  /** `subject` names what is being waited for in the error (`downloadFailed`, worth another try). */
  constructor(milliseconds: number, subject: string, outer?: AbortSignal) {
    this.#milliseconds = milliseconds;
    this.#subject = subject;
    this.#outer = outer;
    if (outer?.aborted === true) this.#cancel();
    outer?.addEventListener('abort', this.#cancel, { once: true });
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Restarts the timer, because something happened. */
  renew(): void {
    clearTimeout(this.#timer);
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => {
      const subject = `${this.#subject} (${this.#milliseconds / 1000} s)`;
      this.#controller.abort(new TransferError('downloadFailed', subject, { again: true }));
    }, this.#milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = (): void => this.#controller.abort(this.#outer?.reason);
}
