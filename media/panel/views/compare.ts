import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Hit } from '../../../src/domain/hit.ts';
import { differencesOf, REMAINDER, type Difference } from '../explain/difference.ts';
import { roundToSum } from '../explain/roundToSum.ts';
import { fill } from '../format.ts';
import { colourOf } from '../palette.ts';
import type { Shown } from '../state.ts';
import { nameOf } from './hitName.ts';
import { sized } from './sized.ts';
import type { View } from './view.ts';

/** Terms told apart; the others are one row. */
const NAMED = 8;
/** Hits that another may be compared with. */
const OFFERED = 10;

/** Why one hit stands above another: the difference of their scores, term by term. */
export function compareView(view: View, shown: Shown, hit: Hit, other: Hit): TemplateResult {
  const { text } = view.state;
  const pair = [hit, other].sort((a, b) => rankOf(shown, a) - rankOf(shown, b));
  return html`<section class="compare" aria-label=${text.compareLabel}>
    ${tableOf(view, shown, pair[0]!, pair[1]!)}
    <div class="compare-foot">
      ${otherView(view, shown, hit, other)}
      <button class="link" @click=${() => view.act.compare(hit.id, null)}>${text.compareClose}</button>
    </div>
  </section>`;
}

function tableOf(view: View, shown: Shown, first: Hit, second: Hit): TemplateResult {
  const { state, numbers } = view;
  const { text } = state;
  const { decimals } = shown;
  const rows = differencesOf(first, second, NAMED);
  const ofFirst = roundToSum(
    rows.map(row => row.first),
    first.score,
    decimals,
  );
  const ofSecond = roundToSum(
    rows.map(row => row.second),
    second.score,
    decimals,
  );
  const sums = [round(ofFirst, decimals), round(ofSecond, decimals)] as const;
  const longest = Math.max(...rows.map(({ difference }) => Math.abs(difference)), Number.MIN_VALUE);
  const places = [first, second].map(each => numbers.count(rankOf(shown, each)));
  const fixed = (value: number): string => numbers.fixed(value, decimals);
  return html`<p class="compare-title">
      ${fill(text.compareTitle, places[0]!, places[1]!, fixed(sums[0] - sums[1]))}
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">${text.compareTerm}</th>
          ${places.map(place => html`<th scope="col">${fill(text.comparePlace, place)}</th>`)}
          <th scope="col" colspan="2">${text.compareDifference}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row, at) => {
          const [one, two] = [ofFirst[at]!, ofSecond[at]!];
          const length = (Math.abs(row.difference) / longest) * 100;
          return rowView(view, row, [fixed(one), fixed(two), signed(view, one - two, decimals)], length);
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${text.compareSum}</th>
          ${sums.map(sum => html`<td>${fixed(sum)}</td>`)}
          <td colspan="2">${signed(view, sums[0] - sums[1], decimals)}</td>
        </tr>
      </tfoot>
    </table>`;
}

/** Which hit it is compared with. */
function otherView({ state, act, numbers }: View, shown: Shown, hit: Hit, other: Hit): TemplateResult {
  const { text } = state;
  const offered = shown.order.hits.filter(({ id }) => id !== hit.id && shown.ranks.has(id)).slice(0, OFFERED);
  return html`<label class="compare-other"
    >${text.compareWith}
    <select @change=${(event: Event) => act.compare(hit.id, (event.target as HTMLSelectElement).value)}>
      ${offered.map(
        each =>
          html`<option value=${each.id} ?selected=${each.id === other.id}>
            ${fill(text.compareOption, numbers.count(rankOf(shown, each)), nameOf(each).slice(0, 40))}
          </option>`,
      )}
    </select>
  </label>`;
}

function rowView(
  { state, numbers }: View,
  row: Difference,
  [first, second, difference]: readonly [string, string, string],
  length: number,
): TemplateResult {
  const { text } = state;
  const label = row.id === REMAINDER ? fill(text.barRest, numbers.count(row.count)) : row.token.slice(0, 60);
  const channel = row.channel === 'lexical' ? text.channelLexical : text.channelSemantic;
  return html`<tr class=${colourOf(row.word)}>
    <th scope="row">
      <bdi>${label}</bdi>${row.channel === null ? nothing : html`<small>${channel}</small>`}
    </th>
    <td>${first}</td>
    <td>${second}</td>
    <td class="compare-bar ${row.difference < 0 ? 'less' : ''}" aria-hidden="true">
      <span class="fill" ${sized({ width: length / 2 })}></span>
    </td>
    <td>${difference}</td>
  </tr>`;
}

function signed({ numbers }: View, value: number, decimals: number): string {
  const shown = numbers.fixed(value, decimals);
  return value > 0 ? `+${shown}` : shown;
}

function round(values: readonly number[], decimals: number): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return Math.round(sum * 10 ** decimals) / 10 ** decimals;
}

function rankOf(shown: Shown, { id }: Hit): number {
  return shown.ranks.get(id) ?? Infinity;
}
