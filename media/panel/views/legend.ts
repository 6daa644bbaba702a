import { html, type TemplateResult } from 'lit/html.js';
import type { MatchKind } from '../../../src/domain/hit.ts';
import type { Shown } from '../state.ts';
import { glyph, kindName } from './glyph.ts';
import type { View } from './view.ts';

const KINDS: readonly MatchKind[] = [
  'literal',
  'name',
  'rewritten',
  'queryExpansion',
  'documentExpansion',
  'bothExpansion',
];
/** Told in every legend. */
const USUAL_KINDS: ReadonlySet<MatchKind> = new Set(['literal', 'queryExpansion', 'documentExpansion']);

function leave(event: KeyboardEvent): void {
  if (event.key === 'Escape') (event.target as HTMLElement).blur();
}

/** What the signs mean: shown while the pointer or the keyboard is on its button; Escape ends it. */
export function legendView({ state }: View, shown: Shown): TemplateResult {
  const found = new Set(shown.order.hits.flatMap(hit => hit.contributions.map(({ kind }) => kind)));
  const kinds = KINDS.filter(kind => USUAL_KINDS.has(kind) || found.has(kind));
  return html`<span class="explained">
    <button
      class="link legend-button"
      aria-label=${state.text.legendButton}
      aria-describedby="legend"
      @keydown=${leave}
    >
      ⓘ
    </button>
    <span class="legend" id="legend" role="tooltip">
      ${kinds.map(kind => html`<span class="sign-row">${glyph(kind)}${kindName(kind, state.text)}</span>`)}
    </span>
  </span>`;
}
