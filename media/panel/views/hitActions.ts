import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Hit } from '../../../src/domain/hit.ts';
import { fill } from '../format.ts';
import { isUnfolded, verdictOf, type Shown } from '../state.ts';
import { compareView } from './compare.ts';
import type { View } from './view.ts';

/** What can be done with a hit: say whether it is right, and see why it stands where it does. */
export function hitActions(view: View, shown: Shown, hit: Hit): unknown {
  const { state } = view;
  const isOpen = state.selected === hit.id || isUnfolded(state, hit.id);
  if (hit.waiting === true || (!isOpen && verdictOf(state, hit) === null)) return nothing;
  const { comparison: pair } = state;
  return [
    html`<div class="actions">
      ${verdicts(view, hit)}${isUnfolded(state, hit.id) ? compareButton(view, shown, hit) : nothing}
    </div>`,
    state.selected === hit.id && pair?.id === hit.id ? comparison(view, shown, hit, pair.other) : nothing,
  ];
}

/** With the hit before it in rank; of the first, with the second. */
function compareButton(
  { state, act, numbers }: View,
  shown: Shown,
  hit: Hit,
): TemplateResult | typeof nothing {
  const rank = shown.ranks.get(hit.id) ?? 0;
  const other = shown.order.hits.find(({ id }) => shown.ranks.get(id) === (rank === 1 ? 2 : rank - 1));
  if (other === undefined || hit.score === 0 || state.comparison?.id === hit.id) return nothing;
  const places = [
    numbers.count(Math.min(rank, shown.ranks.get(other.id)!)),
    numbers.count(Math.max(rank, shown.ranks.get(other.id)!)),
  ] as const;
  return html`<button class="link compare-button" @click=${() => act.compare(hit.id, other.id)}>
    ${fill(state.text.compareWhy, ...places)}
  </button>`;
}

/** Right or wrong, and how to say so by the keyboard. */
function verdicts({ state, act }: View, hit: Hit): TemplateResult {
  const said = verdictOf(state, hit);
  const { text } = state;
  const button = (verdict: 'relevant' | 'notRelevant', label: string, tip: string): TemplateResult =>
    html`<button
      class="link verdict"
      title=${tip}
      aria-pressed=${said === verdict ? 'true' : 'false'}
      @click=${() => act.judge(hit.id, verdict)}
    >
      ${label}
    </button>`;
  return html`<div class="verdicts" role="group" aria-label=${text.verdictGroup}>
    ${button('relevant', text.verdictRelevant, text.verdictRelevantTip)}${button('notRelevant', text.verdictNotRelevant, text.verdictNotRelevantTip)}
  </div>`;
}

function comparison(view: View, shown: Shown, hit: Hit, id: string): TemplateResult | typeof nothing {
  const other = shown.order.hits.find(each => each.id === id);
  return other === undefined ? nothing : compareView(view, shown, hit, other);
}
