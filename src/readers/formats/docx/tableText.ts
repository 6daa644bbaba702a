/**
 * A table as lines: each row is a line of cells with tabs between them; further paragraphs of a cell have lines of
 * their own.
 */
export class TableText {
  #rows: string[] = [];
  #row: string[] = [];
  #cell: string[] = [];

  add(text: string): void {
    if (text.trim() !== '') this.#cell.push(text);
  }

  close(name: 'tc' | 'tr'): void {
    if (name === 'tc' || this.#cell.length > 0) {
      if (this.#cell.length > 0) this.#row.push(this.#cell.join('\n'));
      this.#cell = [];
    }
    if (name === 'tr' && this.#row.length > 0) {
      this.#rows.push(this.#row.join('\t'));
      this.#row = [];
    }
  }

  /** Gives the text so far and empties the table. */
  finish(): string {
    this.close('tr');
    const rows = this.#rows;
    this.#rows = [];
    return rows.join('\n');
  }
}
