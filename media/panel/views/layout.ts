import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Hit } from '../../../src/domain/hit.ts';
import { fill } from '../format.ts';
import { LAST_LIMIT } from '../memory.ts';
import { hasNothing, type Shown } from '../state.ts';
import { emptyView, failureView, noneView } from './empty.ts';
import { headView } from './head.ts';
import { hitView } from './hit.ts';
import { pickedView } from './terms.ts';
import type { View } from './view.ts';

/** The whole panel. */
export function panelView(view: View): TemplateResult {
  const { state } = view;
  return html`<div class="panel ${state.surface}">
    ${headView(view)}
    <main class="found">
      <div class="results">
        <div class="column">${content(view)}</div>
      </div>
      ${reorderOffer(view)}${pickedView(view)}
    </main>
    <div class="announcer" role="status" aria-live="polite">${announcement(view)}</div>
  </div>`;
}

function content(view: View): unknown {
  const { state } = view;
  const failed = state.failure !== null || state.status.activity === 'failed';
  if (hasNothing(state)) return emptyView(view);
  if (state.shown === null) return failed ? failureView(view) : [notice(view), emptyView(view)];
  const { shown } = state;
  return [
    failed ? failureView(view) : nothing,
    notice(view),
    shown.order.hits.length === 0
      ? failed || (state.searching && shown.result.stage === 'lexical')
        ? nothing
        : noneView(view, shown)
      : [feeds(view, shown), more(view, shown), farther(view, shown)],
  ];
}

/** A part of the search was unavailable, or there is no model; the host supplies the text. */
function notice({ state, act }: View): TemplateResult | typeof nothing {
  const { text, status } = state;
  // Until the model is open there is none either, but nothing is wrong.
  const hasNoModel = status.model === null && status.problem !== null && status.activity !== 'failed';
  const words = state.shown?.result.notice ?? (hasNoModel ? status.problem : null);
  if (words === null) return nothing;
  return html`<div class="notice" role="note">
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.8 15 14H1z"></path>
      <path d="M8 6v4.2M8 11.6v1.2"></path>
    </svg>
    <span>${words}</span>
    ${
      hasNoModel
        ? html`<button class="link" @click=${() => act.command('chooseModel')}>${text.chooseModel}</button>`
        : nothing
    }
    <button class="link" @click=${() => act.command('showLog')}>${text.showLog}</button>
  </div>`;
}

/** The hits and, if there are few, more distant ones folded to a line each. */
function feeds(view: View, shown: Shown): unknown {
  const { hits } = shown.order;
  const { text } = view.state;
  const near = hits.filter(({ id }) => !shown.further.has(id));
  const far = hits.filter(({ id }) => shown.further.has(id));
  // Once they are asked for, or there are no others, they are ordinary hits.
  if (view.state.far || near.length === 0 || far.length === 0)
    return feed(view, shown, hits, 0, text.hitsLabel);
  return [
    feed(view, shown, near, 0, text.hitsLabel),
    html`<h2 class="further-title">${text.furtherTitle}</h2>`,
    feed(view, shown, far, near.length, text.furtherTitle),
  ];
}

function feed(view: View, shown: Shown, hits: readonly Hit[], first: number, label: string): TemplateResult {
  const count = shown.order.hits.length;
  return html`<div
    class="hits"
    role="feed"
    aria-label=${label}
    aria-busy=${view.state.searching ? 'true' : 'false'}
  >
    ${repeat(
      hits,
      hit => hit.id,
      (hit, index) => hitView(view, shown, hit, first + index, count),
    )}
  </div>`;
}

function more({ state, act }: View, shown: Shown): TemplateResult | typeof nothing {
  if (state.limit >= LAST_LIMIT || shown.result.total <= shown.result.hits.length) return nothing;
  return html`<button class="button secondary load-more" @click=${act.loadMore}>
    ${state.text.loadMore}
  </button>`;
}

/** The button under the hits that shows passages that match too little of the query. */
function farther({ state, act, numbers }: View, shown: Shown): TemplateResult | typeof nothing {
  const { further, order, result } = shown;
  const left = further.size - order.hits.filter(({ id }) => further.has(id)).length;
  if (state.far || left <= 0 || state.searching || result.stage !== 'final') return nothing;
  return html`<button class="link far" @click=${act.showFar}>
    ${fill(state.text.farMore, numbers.count(left))}
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

/** Announced once a search is final, not at every keystroke. */
function announcement({ state, numbers }: View): string {
  if (state.shown?.result.stage !== 'final' || state.searching) return '';
  const { total } = state.shown.result;
  return total > 0 ? fill(state.text.announceCount, numbers.count(total)) : state.text.announceNone;
}
