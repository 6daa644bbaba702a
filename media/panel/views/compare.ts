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
  const { state, act, numbers } = view;
  const { text } = state;
  const [first, second] = [hit, other].sort((a, b) => rankOf(shown, a) - rankOf(shown, b)) as [Hit, Hit];
  const rows = differencesOf(first, second, NAMED);
  const columns = (values: readonly number[], total: number): readonly number[] =>
    roundToSum(values, total, shown.decimals);
  const ofFirst = columns(rows.map(row => row.first), first.score); // prettier-ignore
  const ofSecond = columns(rows.map(row => row.second), second.score); // prettier-ignore
  const longest = Math.max(...rows.map(({ difference }) => Math.abs(difference)), Number.MIN_VALUE);
  const places = [first, second].map(each => numbers.count(rankOf(shown, each)));
  const total = round(ofFirst, shown.decimals) - round(ofSecond, shown.decimals);
  const fixed = (value: number): string => numbers.fixed(value, shown.decimals);
  return html`<section class="compare" aria-label=${text.compareLabel}>
    <p class="compare-title">${fill(text.compareTitle, places[0]!, places[1]!, fixed(total))}</p>
    <label class="compare-other"
      >${text.compareWith}
      <select @change=${(event: Event) => act.compare(hit.id, (event.target as HTMLSelectElement).value)}>
        ${shown.order.hits
          .filter(({ id }) => id !== hit.id && shown.ranks.has(id))
          .slice(0, OFFERED)
          .map(
            each =>
              html`<option value=${each.id} ?selected=${each.id === other.id}>
                ${fill(text.compareOption, numbers.count(rankOf(shown, each)), nameOf(each).slice(0, 40))}
              </option>`,
          )}
      </select>
    </label>
    <table>
      <thead>
        <tr>
          <th scope="col">${text.compareTerm}</th>
          ${places.map(place => html`<th scope="col">${fill(text.comparePlace, place)}</th>`)}
          <th scope="col" colspan="2">${text.compareDifference}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row, index) =>
          rowView(
            view,
            row,
            [fixed(ofFirst[index]!), fixed(ofSecond[index]!)],
            longest,
            signed(view, ofFirst[index]! - ofSecond[index]!, shown.decimals),
          ),
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${text.compareSum}</th>
          <td>${fixed(round(ofFirst, shown.decimals))}</td>
          <td>${fixed(round(ofSecond, shown.decimals))}</td>
          <td colspan="2" class="compare-total">${signed(view, total, shown.decimals)}</td>
        </tr>
      </tfoot>
    </table>
    <button class="link" @click=${() => act.compare(hit.id, null)}>${text.compareClose}</button>
  </section>`;
}

function rowView(
  { state, numbers }: View,
  row: Difference,
  values: readonly string[],
  longest: number,
  difference: string,
): TemplateResult {
  const { text } = state;
  const length = (Math.abs(row.difference) / longest) * 100;
  const label = row.id === REMAINDER ? fill(text.barRest, numbers.count(row.count)) : row.token.slice(0, 60);
  return html`<tr class=${colourOf(row.word)}>
    <th scope="row">
      <bdi>${label}</bdi
      >${row.channel === null ? nothing : html`<small>${row.channel === 'lexical' ? text.channelLexical : text.channelSemantic}</small>`}
    </th>
    ${values.map(value => html`<td>${value}</td>`)}
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
