import { html, nothing, type TemplateResult } from 'lit/html.js';
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
export function stackedBar(
  groups: readonly Group[],
  score: number,
  best: number,
  label: string,
  lit: string | null,
): TemplateResult {
  return html`<div
    class="bar"
    role="img"
    aria-label=${label}
    ${sized({ width: best > 0 ? (score / best) * 100 : 0 })}
  >
    ${groups.map(
      group =>
        html`<span
          class="part ${lookOf(group)} ${colourOf(group.word)} ${group.key === lit ? 'lit' : ''}"
          data-part=${group.key}
          ${sized({ grow: (group.value / score) * 100 })}
        ></span>`,
    )}
  </div>`;
}

/** What a bar says to those who do not see it: each concept with its share, in the order of the bar. */
export function barText(view: View, hit: Hit, groups: readonly Group[], shown: Shown): string {
  const { state, numbers } = view;
  const parts = groups.map(group =>
    fill(
      state.text.barShare,
      groupLabel(group, shown.labels, placesOf(hit, group), state.text, numbers.count),
      numbers.count(hit.score > 0 ? Math.round((group.value / hit.score) * 100) : 0),
    ),
  );
  return fill(state.text.barText, numbers.fixed(hit.score, shown.decimals), parts.join(', '));
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
      const value = numbers.fixed(values[index]!, shown.decimals);
      const isOpen = state.openGroups.has(`${hit.id}\n${group.key}`);
      return html`<li class="reason-row">
        <button
          class="reason ${colourOf(group.word)} ${isLit(view, hit, group) ? 'lit' : ''}"
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
          <span class="value">${value}</span>
        </button>
        ${unfolding(view, hit, group, { label, isOpen, selected })}
        ${isOpen ? members(view, group, shown, values[index]!) : nothing}
      </li>`;
    })}
  </ul>`;
}

function isLit({ state: { lit } }: View, hit: Hit, group: Group): boolean {
  return lit?.id === hit.id && lit.group === group.key;
}

interface Unfolding {
  readonly label: string;
  readonly isOpen: boolean;
  readonly selected: boolean;
}

/** A concept of several addends says on demand which: the word itself, its pieces, other forms of it. */
function unfolding(
  { state, act }: View,
  hit: Hit,
  { key, members: { length } }: Group,
  { label, isOpen, selected }: Unfolding,
): TemplateResult | typeof nothing {
  if (length < 2) return nothing;
  const tip = fill(isOpen ? state.text.barFold : state.text.barUnfold, label);
  return html`<button
    class="unfold"
    tabindex=${selected ? 0 : -1}
    aria-expanded=${isOpen ? 'true' : 'false'}
    aria-label=${tip}
    title=${tip}
    @click=${() => act.toggleGroup(hit.id, key)}
  >
    ${isOpen ? '▾' : '▸'}
  </button>`;
}

/** An addend a row; their numbers add up to the concept's. */
function members({ state, numbers }: View, group: Group, { decimals }: Shown, total: number): TemplateResult {
  const { text } = state;
  const values = roundToSum(
    group.members.map(({ value }) => value),
    total,
    decimals,
  );
  return html`<ul class="members">
    ${group.members.map(
      ({ token, channel, kind }, index) =>
        html`<li>
          ${glyph(kind, kindName(kind, text))}<bdi>${token.slice(0, 60)}</bdi
          ><small>${channel === 'lexical' ? text.channelLexical : text.channelSemantic}</small
          ><span class="value">${numbers.fixed(values[index]!, decimals)}</span>
        </li>`,
    )}
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
