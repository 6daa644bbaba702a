/** Says over a tinted word which query word it answered, how, and for how much of the score. */
import * as vscode from 'vscode';
import type { CommandId } from '../commands.ts';
import { commands, hoverCommands } from '../commands.ts';
import { hoverLines } from './hoverText.ts';
import { translate } from '../localised.ts';
import type { Setting } from '../settings.ts';
import type { Tint, Tints } from './tints.ts';

export class MatchHover implements vscode.HoverProvider {
  readonly #tints: Tints;
  readonly #enabled: Setting<boolean>;

  constructor(tints: Tints, enabled: Setting<boolean>) {
    this.#tints = tints;
    this.#enabled = enabled;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!this.#enabled.value) return undefined;
    const tint = this.#tints.at(document, position);
    const searched = this.#tints.searched;
    if (tint === undefined || searched === null) return undefined;
    const range = new vscode.Range(document.positionAt(tint.start), document.positionAt(tint.end));
    return new vscode.Hover(this.#text(tint, searched.result.words), range);
  }

  #text(tint: Tint, words: Parameters<typeof hoverLines>[2]): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    // Only these commands may run from here, whatever a note says; its words go in with appendText.
    text.isTrusted = { enabledCommands: hoverCommands };
    for (const [index, line] of hoverLines(tint.contributions, tint.hit, words, translate).entries()) {
      if (index > 0) text.appendMarkdown('\n\n');
      text.appendMarkdown('**').appendText(line.word).appendMarkdown('**');
      if (line.token !== null) text.appendMarkdown(' → ').appendText(line.token);
      text.appendMarkdown(' · ').appendText(line.kind);
      text.appendMarkdown('  \n').appendText(line.share);
    }
    text.appendMarkdown('\n\n---\n\n');
    text.appendMarkdown(
      [
        link('arrow-up', vscode.l10n.t('Previous Word'), commands.previousWord),
        link('arrow-down', vscode.l10n.t('Next Word'), commands.nextWord),
        link('chevron-right', vscode.l10n.t('Next Passage'), commands.nextMatch),
        link('list-selection', vscode.l10n.t('Peek at All'), commands.peekMatches),
        link('layout-panel-left', vscode.l10n.t('Show in the Panel'), commands.showInPanel),
      ].join(' &nbsp; '),
    );
    return text;
  }
}

function link(icon: string, label: string, command: CommandId): string {
  return `[$(${icon}) ${label}](command:${command})`;
}
