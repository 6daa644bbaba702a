import { html, type TemplateResult } from 'lit/html.js';
import type { Hit } from '../../../src/domain/hit.ts';
import { groupKey, type Group } from '../explain/groups.ts';
import { groupLabel } from '../explain/labels.ts';
import { roundToSum } from '../explain/roundToSum.ts';
import { fill } from '../format.ts';
import { colourOf } from '../palette.ts';
import type { Shown } from '../state.ts';
import { glyph, kindName } from './glyph.ts';
import { sized } from './sized.ts';
import type { View } from './view.ts';

/**
 * The score as one bar: its length compares hits, its parts are concepts. Shares are scaled, since a flex line
 * whose factors sum to less than 1 is not filled.
 */
export function stackedBar(groups: readonly Group[], score: number, best: number): TemplateResult {
  return html`<div class="bar" aria-hidden="true" ${sized({ width: best > 0 ? (score / best) * 100 : 0 })}>
    ${groups.map(
      group =>
        html`<span
          class="part ${lookOf(group)} ${colourOf(group.word)}"
          data-part=${group.key}
          ${sized({ grow: (group.value / score) * 100 })}
        ></span>`,
    )}
  </div>`;
}

/** A row a concept; the numbers shown add up to the score shown. A click points the words out. */
export function reasons(
  view: View,
  hit: Hit,
  groups: readonly Group[],
  shown: Shown,
  selected: boolean,
): TemplateResult {
  const { state, numbers } = view;
  const values = roundToSum(
    groups.map(group => group.value),
    hit.score,
    shown.decimals,
  );
  return html`<ul class="why" aria-label=${state.text.barsLabel}>
    ${groups.map((group, index) => {
      const label = groupLabel(group, shown.labels, placesOf(hit, group), state.text, numbers.count);
      const length = shown.longestBar > 0 ? (group.value / shown.longestBar) * 100 : 0;
      return html`<li>
        <button
          class="reason ${colourOf(group.word)}"
          data-group=${group.key}
          tabindex=${selected ? 0 : -1}
          title=${fill(state.text.barTip, label)}
        >
          <span class="concept"
            >${glyph(group.kind, group.kind === 'rest' ? null : kindName(group.kind, state.text))}<bdi
              >${label}</bdi
            ></span
          >
          <span class="track"><span class="fill ${lookOf(group)}" ${sized({ width: length })}></span></span>
          <span class="value">${numbers.fixed(values[index]!, shown.decimals)}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}

const AS_IT_STANDS: ReadonlySet<Group['kind']> = new Set(['literal', 'name', 'rest']);

function lookOf(group: Group): string {
  return AS_IT_STANDS.has(group.kind) ? '' : 'widened';
}

/** The passage's own words that carry a document expansion, the heaviest contribution's first. */
function placesOf(hit: Hit, group: Group): readonly string[] {
  if (group.kind !== 'documentExpansion') return [];
  return hit.contributions
    .filter(contribution => groupKey(contribution) === group.key)
    .flatMap(contribution => contribution.ranges.slice(0, 3))
    .slice(0, 12)
    .map(range => hit.text.slice(range.start, range.end).replace(/\s+/g, ' '));
}
