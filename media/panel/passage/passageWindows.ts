import type { Hit } from '../../../src/domain/hit.ts';
import type { TextRange } from '../../../src/domain/textRange.ts';
import { displayText, type DisplayText } from './displayText.ts';
import type { Tint } from './tints.ts';
import { chooseWindow } from './window.ts';

/**
 * Remembers which part of each passage is on screen, so that the words that the final result adds to the lexical one do
 * not make the text jump. Only a window that was chosen without any tinted word (the word stands only in the headings)
 * is chosen again when there are some.
 */
export class PassageWindows {
  readonly #texts = new Map<
    string,
    { readonly source: string; readonly line: DisplayText; readonly block: DisplayText }
  >();
  readonly #windows = new Map<string, { readonly range: TextRange; readonly informed: boolean }>();

  readonly #latest = new Map<string, TextRange>();

  /** Call it when another query looks for other words. */
  reset(): void {
    this.#texts.clear();
    this.#windows.clear();
    this.#latest.clear();
  }

  /** The passage on one line, or with its line breaks. */
  display(hit: Hit, breaks: boolean): DisplayText {
    let texts = this.#texts.get(hit.id);
    if (texts?.source !== hit.text) {
      texts = { source: hit.text, line: displayText(hit, false), block: displayText(hit, true) };
      this.#texts.set(hit.id, texts);
      for (const key of this.#windows.keys()) if (key.startsWith(`${hit.id}\n`)) this.#windows.delete(key);
    }
    return breaks ? texts.block : texts.line;
  }

  /** The part to show in `budget` half-width columns. */
  window(hit: Hit, display: DisplayText, tints: readonly Tint[], budget: number): TextRange {
    const key = `${hit.id}\n${budget}`;
    let known = this.#windows.get(key);
    if (known === undefined || (!known.informed && tints.length > 0)) {
      known = { range: chooseWindow(display.text, tints, budget), informed: tints.length > 0 };
      this.#windows.set(key, known);
    }
    this.#latest.set(hit.id, known.range);
    return known.range;
  }

  /** The part of a passage that was drawn last, in offsets of its display text. */
  latest(id: string): TextRange | null {
    return this.#latest.get(id) ?? null;
  }
}
