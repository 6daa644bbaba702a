import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FacetKind } from '../../../src/domain/search.ts';
import { fill } from '../format.ts';
import type { OfferedFacet } from '../messages.ts';
import { textKey } from '../textKey.ts';
import type { View } from './view.ts';

/** Values of a kind: the tab has room for all. */
const MOST = { sidebar: 5, tab: 8 } as const;

/** The order in which they are shown. */
const KINDS: readonly FacetKind[] = ['concept', 'folder', 'type', 'tag', 'month'];

/** Unfolds the ways to narrow the result down. */
export function facetsButton({ state: { text, facetsOpen }, act }: View): TemplateResult {
  return html`<button
    class="link facets-button"
    aria-expanded=${facetsOpen ? 'true' : 'false'}
    title=${text.facetsLabel}
    @click=${act.toggleFacets}
  >
    ${facetsOpen ? '▾' : '▸'} ${text.narrow}
  </button>`;
}

/** The hits' strongest concepts, folders, types, tags and months, with their counts: a click keeps only those hits. */
export function facetsView(view: View): TemplateResult | typeof nothing {
  const { state, act } = view;
  const { text, facets, shown } = state;
  if (!state.facetsOpen || shown === null || shown.result.hits.length === 0) return nothing;
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') act.toggleFacets();
  };
  return html`<div class="facets" role="group" aria-label=${text.facetsLabel} @keydown=${close}>
    ${facets.length === 0 ? html`<p>${text.facetsNone}</p>` : nothing}
    ${KINDS.map(kind => {
      const own = facets.filter(facet => facet.kind === kind).slice(0, MOST[state.surface]);
      if (own.length === 0) return nothing;
      return html`<div class="facet-row">
        <span class="facet-kind">${text[textKey('facet', kind)]}</span>
        <ul class="chips" aria-label=${text[textKey('facet', kind)]}>
          ${own.map(facet => valueView(view, facet, text[textKey('facetOnly', kind)]))}
        </ul>
      </div>`;
    })}
  </div>`;
}

/** A screen reader says name and count, then the sentence. */
function valueView(
  { act, numbers }: View,
  { name, count, query }: OfferedFacet,
  keeps: string,
): TemplateResult {
  const shown = name.slice(0, 60);
  return html`<li>
    <button class="chip facet" title=${fill(keeps, shown)} @click=${() => act.narrow(query)}>
      <bdi>${shown}</bdi> <small>${numbers.count(count)}</small>
    </button>
  </li>`;
}
