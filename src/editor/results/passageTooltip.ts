import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import { visibleLines } from '../../text/visible.ts';
import { oneLine } from './hitText.ts';

/** The whole passage. appendText, and not trusted: a note's Markdown links and HTML stay text. */
export function passageTooltip(hit: Hit): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (hit.headings.length > 0) {
    text.appendMarkdown('**').appendText(hit.headings.map(oneLine).join(' › ')).appendMarkdown('**\n\n');
  }
  text.appendText(visibleLines(hit.text.length > 1200 ? `${hit.text.slice(0, 1200)}…` : hit.text));
  return text.appendMarkdown('\n\n').appendText(vscode.l10n.t('Score {0}', hit.score.toFixed(2)));
}
