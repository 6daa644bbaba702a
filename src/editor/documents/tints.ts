/** Tints the matched words of opened hits, and knows what stands under a position. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';
import { contextKeys } from '../commands.ts';
import { Decorations, passageType } from './decorations.ts';
import { documentUri } from './documentUri.ts';
import { hitKey } from '../searchBox/merge.ts';
import { placePassage } from './placement.ts';
import type { Searched } from '../searchBox/searcher.ts';
import type { Setting } from '../settings.ts';
import { movedBy } from './tintEdits.ts';
import type { TintSpan, TintStrength } from './tintPlan.ts';
import { planTints, strengthOf } from './tintPlan.ts';

/** A tinted word in a document; `start` and `end` are offsets in it. */
export interface Tint extends TintSpan {
  readonly hit: Hit;
  readonly strength: TintStrength;
}

/** A passage in a document with its tints: touched by an edit, it goes as a whole. */
interface TintedPassage {
  readonly place: TextRange;
  readonly tints: readonly Tint[];
  /** The one that was opened; the others of its file are shown more quietly. */
  readonly isOpened: boolean;
}

export class Tints implements vscode.Disposable {
  readonly #enabled: Setting<boolean>;
  readonly #decorations = new Decorations();
  readonly #passageType = passageType();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Document uri -> passages, of `#searched` only. */
  readonly #passages = new Map<string, readonly TintedPassage[]>();
  #searched: Searched | null = null;
  readonly onDidChange = this.#changed.event;

  constructor(enabled: Setting<boolean>) {
    this.#enabled = enabled;
    this.#subscriptions = vscode.Disposable.from(
      this.#decorations,
      this.#passageType,
      this.#changed,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#paint()),
      vscode.workspace.onDidChangeTextDocument(event => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument(document => this.#drop(document)),
      enabled.onDidChange(on => on || this.clear()),
    );
  }

  get searched(): Searched | null {
    return this.#searched;
  }

  /** Tints the document's hits: the one that was opened strongly, the others quietly. */
  show(document: vscode.TextDocument, searched: Searched, opened: Hit): void {
    if (!this.#enabled.value) return;
    if (this.#searched !== searched) this.clear();
    this.#searched = searched;
    const uri = document.uri.toString();
    const { hits: near, further } = searched.result;
    const isOf = (hit: Hit): boolean =>
      documentUri(hit.folder, hit.file, hit.origin?.link).toString() === uri;
    // What is further away is shown where it is opened.
    const hits = [...near.filter(isOf), ...further.filter(hit => hitKey(hit) === hitKey(opened))];
    const text = document.getText();
    const passages = hits.flatMap((hit): TintedPassage[] => {
      const placement = placePassage(text, hit);
      if (placement === null) return [];
      const isOpened = hitKey(hit) === hitKey(opened);
      const tints = planTints(hit, isOpened).flatMap((span): Tint[] => {
        const range = placement.toDocument(span);
        const strength = strengthOf(span, hit, isOpened);
        return range === null ? [] : [{ ...range, contributions: span.contributions, hit, strength }];
      });
      return [{ place: { start: placement.start, end: placement.end }, tints, isOpened }];
    });
    this.#passages.set(uri, passages);
    this.#paint();
  }

  at(document: vscode.TextDocument, position: vscode.Position): Tint | undefined {
    const offset = document.offsetAt(position);
    return this.of(document).find(tint => tint.start <= offset && offset < tint.end);
  }

  /** The document's tints, first to last. */
  of(document: vscode.TextDocument): readonly Tint[] {
    return (this.#passages.get(document.uri.toString()) ?? [])
      .flatMap(passage => passage.tints)
      .sort((a, b) => a.start - b.start);
  }

  /** Where each tinted passage of a document is now, first to last. */
  passagesIn(document: vscode.TextDocument): readonly TextRange[] {
    const passages = this.#passages.get(document.uri.toString()) ?? [];
    return passages.map(({ place }) => place).sort((a, b) => a.start - b.start);
  }

  clear(): void {
    this.#passages.clear();
    this.#searched = null;
    this.#paint();
  }

  #edited(event: vscode.TextDocumentChangeEvent): void {
    const uri = event.document.uri.toString();
    const passages = this.#passages.get(uri);
    if (passages === undefined || event.contentChanges.length === 0) return;
    const kept = passages.flatMap((passage): TintedPassage[] => {
      const place = movedBy(passage.place, event.contentChanges);
      if (place === null) return [];
      const tints = passage.tints.flatMap((tint): Tint[] => {
        const range = movedBy(tint, event.contentChanges);
        return range === null ? [] : [{ ...tint, ...range }];
      });
      return [{ ...passage, place, tints }];
    });
    this.#passages.set(uri, kept);
    this.#paint();
  }

  #drop(document: vscode.TextDocument): void {
    if (this.#passages.delete(document.uri.toString())) this.#paint();
  }

  /** Idempotent: what every visible editor shows follows from `#passages` alone. */
  #paint(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const ranges = new Map<string, vscode.Range[]>();
      for (const tint of this.of(editor.document)) {
        const strongest = tint.contributions[0]!;
        const key = this.#decorations.keyOf(strongest.word, strongest.kind, tint.strength);
        const { document } = editor;
        const range = new vscode.Range(document.positionAt(tint.start), document.positionAt(tint.end));
        ranges.set(key, [...(ranges.get(key) ?? []), range]);
      }
      for (const key of this.#decorations.keys) {
        editor.setDecorations(this.#decorations.typeOf(key), ranges.get(key) ?? []);
      }
      const others = this.#passages.get(editor.document.uri.toString()) ?? [];
      editor.setDecorations(
        this.#passageType,
        others.flatMap(({ place, isOpened }) => {
          const start = editor.document.positionAt(place.start);
          return isOpened ? [] : [new vscode.Range(start, start)];
        }),
      );
    }
    const any = [...this.#passages.values()].some(passages => passages.some(each => each.tints.length > 0));
    void vscode.commands.executeCommand('setContext', contextKeys.hasTints, any);
    this.#changed.fire();
  }

  /** The keys of hits tinted in the document, for tests. */
  tintedHits(document: vscode.TextDocument): readonly string[] {
    return [...new Set(this.of(document).map(tint => hitKey(tint.hit)))];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
