/** Opens the passage of a hit: revealed in the middle, the cursor on its first matched word, words tinted. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';
import type { CurrentResults } from '../results/currentResults.ts';
import type { ErrorReporter } from '../errors.ts';
import { LocalisedError } from '../errors.ts';
import { oneLine } from '../results/hitText.ts';
import { withParticles } from '../../wording/particles.ts';
import { teamFolder } from '../../domain/team/team.ts';
import { documentUri, TEXT_SCHEME, textUri } from './documentUri.ts';
import type { Placement } from './placement.ts';
import { placePassage } from './placement.ts';
import type { Searched } from '../searchBox/searcher.ts';
import type { Tints } from './tints.ts';

export interface OpenOptions {
  readonly toSide?: boolean;
  readonly preserveFocus?: boolean;
  /** Only looked at while moving through a list: the tree and the badge stay as they are. */
  readonly passing?: boolean;
  /** Where the cursor goes, in the hit's text. */
  readonly range?: TextRange | null;
}

export class HitOpener {
  readonly #current: CurrentResults;
  readonly #tints: Tints;
  readonly #errors: ErrorReporter;

  constructor(current: CurrentResults, tints: Tints, errors: ErrorReporter) {
    this.#current = current;
    this.#tints = tints;
    this.#errors = errors;
  }

  /** Throws a `LocalisedError` where the file can't be shown. */
  async open(hit: Hit, searched: Searched, options: OpenOptions = {}): Promise<vscode.TextEditor> {
    const { document, placement } = await this.#read(hit);
    const target = selectionOf(document, hit, placement, options.range ?? null);
    const editor = await vscode.window.showTextDocument(document, {
      preview: true,
      preserveFocus: options.preserveFocus ?? false,
      ...(options.toSide === true ? { viewColumn: vscode.ViewColumn.Beside } : {}),
      selection: target,
    });
    editor.revealRange(target, vscode.TextEditorRevealType.InCenter);
    if (options.passing !== true) {
      this.#current.publish(searched);
      this.#current.moveTo(hit);
    }
    this.#tints.show(document, searched, hit);
    return editor;
  }

  async #read(hit: Hit): Promise<{ document: vscode.TextDocument; placement: Placement | null }> {
    const uri = documentUri(hit.folder, hit.file, hit.origin?.link);
    let document: vscode.TextDocument;
    try {
      document = await openHere(uri, hit);
    } catch (error) {
      this.#errors.log('open', error);
      if (error instanceof LocalisedError) throw error;
      throw new LocalisedError(
        withParticles(
          vscode.l10n.t(
            '“{0}” can’t be opened. It may have been moved or deleted, or it may be too large. Search again to find its current location.',
            oneLine(hit.file),
          ),
        ),
      );
    }
    const placement = placePassage(document.getText(), hit);
    if (
      placement !== null ||
      uri.scheme === TEXT_SCHEME ||
      document.isDirty ||
      !document.getText().includes('\uFFFD')
    ) {
      return { document, placement };
    }
    // A CP949 file that VS Code took for UTF-8: only undecodable text on the screen. Read it anew as Korean.
    const korean = await openAsKorean(uri);
    return { document: korean ?? document, placement: korean && placePassage(korean.getText(), hit) };
  }
}

/** A team's document that should lie on this machine and does not is read from the team's index. */
async function openHere(uri: vscode.Uri, { origin, file }: Hit): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    if (origin === undefined || uri.scheme === TEXT_SCHEME) throw error;
    const kept = textUri(teamFolder(origin.team, origin.source), file, origin.link);
    return vscode.workspace.openTextDocument(kept);
  }
}

/** Since VS Code 1.100 a document can be opened in a given encoding; older ones show it as they read it. */
async function openAsKorean(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  const open = vscode.workspace.openTextDocument as (
    uri: vscode.Uri,
    options: { readonly encoding: string },
  ) => Thenable<vscode.TextDocument>;
  try {
    return await open(uri, { encoding: 'euckr' });
  } catch {
    return null;
  }
}

function selectionOf(
  document: vscode.TextDocument,
  hit: Hit,
  placement: Placement | null,
  range: TextRange | null,
): vscode.Range {
  if (placement === null) {
    const line = Math.min(hit.line, document.lineCount - 1);
    return new vscode.Range(line, 0, line, 0);
  }
  const wanted = range ?? firstLiteral(hit);
  const place = wanted === null ? null : placement.toDocument(wanted);
  const position = document.positionAt(place?.start ?? placement.start);
  return new vscode.Range(position, position);
}

/** The first place of the strongest literal word. */
function firstLiteral(hit: Hit): TextRange | null {
  const literal = hit.contributions.find(each => each.kind === 'literal' && each.ranges.length > 0);
  return literal?.ranges[0] ?? null;
}
