/** The looks of a tinted word: a colour for each query word, a line style for each kind of match, and a strength. */
import * as vscode from 'vscode';
import type { MatchKind } from '../../domain/hit.ts';
import type { TintStrength } from './tintPlan.ts';

/** The colours of the panel's palette in the same order, so that a word has one colour everywhere. */
const COLOURS = 7;

/**
 * Maps `{colour}{solid|dotted}{strength}` to a decoration type, made at its first use rather than when the window
 * starts.
 */
export class Decorations implements vscode.Disposable {
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();

  /** The types in use so far. */
  get keys(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** `word` indexes the query's words; they share colours from the eighth on. */
  keyOf(word: number, kind: MatchKind, strength: TintStrength): string {
    const colour = (word % COLOURS) + 1;
    const line = kind === 'literal' ? 'solid' : 'dotted';
    const key = `${colour}${line}${strength}`;
    if (!this.#types.has(key)) this.#types.set(key, makeType(colour, line, strength));
    return key;
  }

  typeOf(key: string): vscode.TextEditorDecorationType {
    return this.#types.get(key)!;
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }
}

function makeType(
  colour: number,
  line: 'solid' | 'dotted',
  strength: TintStrength,
): vscode.TextEditorDecorationType {
  const name = `malmoi.match${colour}`;
  const ink = `var(--vscode-${name.replace('.', '-')})`;
  const isQuiet = strength === 'quiet';
  const width = strength === 'strong' ? '2px' : '1px';
  return vscode.window.createTextEditorDecorationType({
    ...(strength === 'strong' && { backgroundColor: new vscode.ThemeColor('malmoi.matchBackground') }),
    // A line of the text itself: a border would be hidden by the editor's highlight of the word at the cursor.
    textDecoration: `underline ${line} ${width} ${isQuiet ? `color-mix(in srgb, ${ink} 55%, transparent)` : ink}; text-underline-offset: 3px`,
    // The other passages of the file have one mark each (`passageType`), so the ruler shows where the opened one is.
    ...(!isQuiet && {
      overviewRulerColor: new vscode.ThemeColor(name),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
    }),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

/** The beginning of another passage of the file: a mark at the ruler's edge, nothing in the text. */
export function passageType(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
}
