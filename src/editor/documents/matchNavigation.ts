/** From passage to passage in the results' order, and from tinted word to tinted word in a file. */
import * as vscode from 'vscode';
import type { CurrentResults } from '../results/currentResults.ts';
import type { HitOpener } from './openHit.ts';
import { inTreeOrder } from '../results/resultGroups.ts';
import type { Tints } from './tints.ts';

export class MatchNavigation {
  readonly #current: CurrentResults;
  readonly #opener: HitOpener;
  readonly #tints: Tints;

  constructor(current: CurrentResults, opener: HitOpener, tints: Tints) {
    this.#current = current;
    this.#opener = opener;
    this.#tints = tints;
  }

  async passage(step: 1 | -1): Promise<void> {
    const { searched } = this.#current;
    const hit = this.#current.neighbour(inTreeOrder(this.#current.hits), step);
    if (searched === null || hit === undefined) return;
    await this.#opener.open(hit, searched);
  }

  /** All tinted passages of the file in front, in a peek beneath the line of the cursor. */
  async peek(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const { document } = editor;
    const locations = this.#tints.passagesIn(document).map(({ start, end }) => {
      const first = document.positionAt(start);
      // A line of it: the peek shows what is around.
      const last = document.lineAt(first.line).range.end;
      const { uri } = document;
      return new vscode.Location(
        uri,
        new vscode.Range(first, last.isAfter(first) ? last : document.positionAt(end)),
      );
    });
    if (locations.length === 0) return;
    const { active } = editor.selection;
    await vscode.commands.executeCommand(
      'editor.action.peekLocations',
      document.uri,
      active,
      locations,
      'peek',
    );
  }

  /** Around the ends of the file. */
  word(step: 1 | -1): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const tints = this.#tints.of(editor.document);
    const offset = editor.document.offsetAt(editor.selection.active);
    const next =
      step === 1
        ? (tints.find(tint => tint.start > offset) ?? tints[0])
        : (tints.filter(tint => tint.end <= offset).at(-1) ?? tints.at(-1));
    if (next === undefined) return;
    const position = editor.document.positionAt(next.start);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(
      new vscode.Range(position, position),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }
}
