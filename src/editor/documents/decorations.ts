/** The looks of a tinted word: a colour per query word, a line per kind of match. */
import * as vscode from 'vscode';
import type { MatchKind } from '../../domain/hit.ts';

/** As many as the panel's palette has, in its order: a word has one colour everywhere. */
const COLOURS = 7;

/** `{colour}{solid|dotted}` -> decoration type, made when first used: not while the window starts. */
export class Decorations implements vscode.Disposable {
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();

  /** The types in use so far. */
  get keys(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** `word` indexes the query's words; they share colours from the eighth on. */
  keyOf(word: number, kind: MatchKind): string {
    const colour = (word % COLOURS) + 1;
    const line = kind === 'literal' ? 'solid' : 'dotted';
    const key = `${colour}${line}`;
    if (!this.#types.has(key)) this.#types.set(key, makeType(colour, line));
    return key;
  }

  typeOf(key: string): vscode.TextEditorDecorationType {
    return this.#types.get(key)!;
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }
}

function makeType(colour: number, line: 'solid' | 'dotted'): vscode.TextEditorDecorationType {
  const name = `malmoi.match${colour}`;
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('malmoi.matchBackground'),
    // A line of the text itself: a border would lie beneath the editor's highlight of the word at the cursor.
    textDecoration: `underline ${line} 2px var(--vscode-${name.replace('.', '-')}); text-underline-offset: 3px`,
    overviewRulerColor: new vscode.ThemeColor(name),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
