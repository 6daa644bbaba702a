/** `mc:AlternateContent` has the same content twice: for newer programs (Choice) and for older ones (Fallback). */
export class Alternatives {
  /** For each open `AlternateContent`, whether it had a choice. */
  readonly #chosen: boolean[] = [];
  #skipped = 0;

  /** Inside the fallback of content that has already been read. */
  get isSkipped(): boolean {
    return this.#skipped > 0;
  }

  /** Whether the element is skipped. */
  open(name: string): boolean {
    if (this.#skipped > 0) this.#skipped++;
    else if (name === 'AlternateContent') this.#chosen.push(false);
    else if (this.#chosen.length > 0 && (name === 'Choice' || name === 'Fallback')) {
      if (this.#chosen.at(-1) === true) this.#skipped++;
      else this.#chosen[this.#chosen.length - 1] = true;
    }
    return this.#skipped > 0;
  }

  /** Whether the element that ends was skipped. */
  close(name: string): boolean {
    if (this.#skipped > 0) {
      this.#skipped--;
      return true;
    }
    if (name === 'AlternateContent') this.#chosen.pop();
    return false;
  }
}
