import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MatchKind } from '../../../src/domain/hit.ts';
import { fill } from '../format.ts';
import { LAST_LIMIT } from '../memory.ts';
import type { Shown } from '../state.ts';
import { emptyView, failureView, noneView } from './empty.ts';
import { glyph, kindName } from './glyph.ts';
import { headView } from './head.ts';
import { hitView } from './hit.ts';
import type { View } from './view.ts';

/** The whole panel. */
export function panelView(view: View): TemplateResult {
  const { state } = view;
  return html`<div class="panel ${state.surface}">
    ${headView(view)}
    <div class="results">
      <div class="column">${content(view)}</div>
    </div>
    ${reorderOffer(view)}
    <div class="announcer" role="status" aria-live="polite">${announcement(view)}</div>
  </div>`;
}

function content(view: View): unknown {
  const { state } = view;
  const failed = state.failure !== null || state.status.activity === 'failed';
  if (state.folders === 0) return emptyView(view);
  if (state.shown === null) return failed ? failureView(view) : emptyView(view);
  const { shown } = state;
  return [
    failed ? failureView(view) : nothing,
    notice(view, shown),
    shown.order.hits.length === 0
      ? failed || (state.searching && shown.result.stage === 'lexical')
        ? nothing
        : noneView(view, shown)
      : [legend(view, shown), feed(view, shown), more(view, shown), farther(view, shown)],
  ];
}

/** Something of the search could not take part; the host has worded what and why. */
function notice({ state, act }: View, shown: Shown): TemplateResult | typeof nothing {
  const { notice: words } = shown.result;
  if (words === null) return nothing;
  return html`<div class="notice" role="note">
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.8 15 14H1z"></path>
      <path d="M8 6v4.2M8 11.6v1.2"></path>
    </svg>
    <span>${words}</span>
    <button class="link" @click=${() => act.command('showLog')}>${state.text.showLog}</button>
  </div>`;
}

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

function legend({ state }: View, shown: Shown): TemplateResult {
  const found = new Set(shown.order.hits.flatMap(hit => hit.contributions.map(({ kind }) => kind)));
  const kinds = KINDS.filter(kind => USUAL_KINDS.has(kind) || found.has(kind));
  return html`<ul class="legend" aria-label=${state.text.legendLabel}>
    ${kinds.map(kind => html`<li>${glyph(kind)}${kindName(kind, state.text)}</li>`)}
  </ul>`;
}

function feed(view: View, shown: Shown): TemplateResult {
  const { hits } = shown.order;
  return html`<div
    class="hits"
    role="feed"
    aria-label=${view.state.text.hitsLabel}
    aria-busy=${view.state.searching ? 'true' : 'false'}
  >
    ${repeat(
      hits,
      hit => hit.id,
      (hit, index) => hitView(view, shown, hit, index, hits.length),
    )}
  </div>`;
}

function more({ state, act }: View, shown: Shown): TemplateResult | typeof nothing {
  if (state.limit >= LAST_LIMIT || shown.result.total <= shown.result.hits.length) return nothing;
  return html`<button class="button secondary load-more" @click=${act.loadMore}>
    ${state.text.loadMore}
  </button>`;
}

/** The button under the hits that unfolds passages with too little of the query. */
function farther({ state, act, numbers }: View, shown: Shown): TemplateResult | typeof nothing {
  const { further } = shown.result;
  if (state.far || further.length === 0 || state.searching) return nothing;
  return html`<button class="link far" @click=${act.showFar}>
    ${fill(state.text.farMore, numbers.count(further.length))}
  </button>`;
}

/** Floats over the list's foot, so that offering it moves nothing. */
function reorderOffer({ state, act }: View): TemplateResult | typeof nothing {
  if (state.shown?.order.differs !== true) return nothing;
  return html`<div class="reorder">
    <button class="button" title=${state.text.reorderNote} @click=${act.sortAnew}>
      ${state.text.reorder}
    </button>
  </div>`;
}

/** Said once a search is final, not at every keystroke. */
function announcement({ state, numbers }: View): string {
  if (state.shown?.result.stage !== 'final' || state.searching) return '';
  const { total } = state.shown.result;
  return total > 0 ? fill(state.text.announceCount, numbers.count(total)) : state.text.announceNone;
}
