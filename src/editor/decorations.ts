/** The looks of a tinted word: a colour per query word, a line per kind of match. */
import * as vscode from 'vscode';
import type { MatchKind } from '../protocol.ts';

/** As many as the panel's palette has, in its order: a word has one colour everywhere. */
const COLOURS = 7;

/** `{word}{solid|dotted}` -> decoration type; made on first use, all at once. */
export class Decorations implements vscode.Disposable {
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();

  constructor() {
    for (let colour = 1; colour <= COLOURS; colour++) {
      for (const line of ['solid', 'dotted'] as const)
        this.#types.set(`${colour}${line}`, makeType(colour, line));
    }
  }

  get keys(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** `word` indexes the query's words; they share colours from the eighth on. */
  keyOf(word: number, kind: MatchKind): string {
    return `${(word % COLOURS) + 1}${kind === 'literal' ? 'solid' : 'dotted'}`;
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
