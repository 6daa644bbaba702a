import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { QueryChip, QuerySuggestion } from '../../../src/domain/query.ts';
import type { QueryRewriting } from '../../../src/domain/rewriting.ts';
import { fill, type Numbers } from '../format.ts';
import type { Shown } from '../state.ts';
import type { PanelText } from '../text.ts';
import { textKey } from '../textKey.ts';
import type { View } from './view.ts';

/** The conditions of the query, each with a way to remove it, and what was taken as text. */
export function conditions(view: View, shown: Shown): unknown {
  const { state, act, numbers } = view;
  const { suggestions, queryNotices, rewritings } = shown.result;
  const { text } = state;
  // Steering is shown among the words, with its weight.
  const chips = shown.result.chips.filter(({ kind }) => !STEERING.has(kind));
  const rows: unknown[] = [];
  if (chips.length > 0)
    rows.push(
      html`<ul class="chips conditions" aria-label=${text.conditionsLabel}>
        ${chips.map(chip => condition(view, chip))}
      </ul>`,
    );
  if (rewritings.length > 0)
    rows.push(
      html`<ul class="chips conditions" aria-label=${text.rewritingsLabel}>
        ${rewritings.map(each => rewriting(each, text, act.withoutRewriting))}
      </ul>`,
    );
  if (suggestions.length > 0)
    rows.push(
      html`<ul class="chips conditions" aria-label=${text.suggestionsLabel}>
        ${suggestions.map(each => suggestion(each, text, numbers.day, act.searchFor))}
      </ul>`,
    );
  if (queryNotices.length > 0)
    rows.push(
      html`<ul class="remarks" aria-label=${text.remarksLabel}>
        ${queryNotices.map(
          ({ kind, range }) =>
            html`<li>
              ${fill(text[textKey('remark', kind)], shown.query.slice(range.start, range.end).slice(0, 60))}
            </li>`,
        )}
      </ul>`,
    );
  return rows;
}

type SteeringKind = 'weight' | 'dimension' | 'added';
type ClauseKind = Exclude<QueryChip['kind'], SteeringKind>;
type OfferedKind = 'phrase' | 'path' | 'extension' | 'heading' | 'modified';
const STEERING: ReadonlySet<QueryChip['kind']> = new Set<SteeringKind>(['weight', 'dimension', 'added']);

function condition({ state: { text }, act, numbers }: View, chip: QueryChip): TemplateResult {
  const name = nameOf(chip, text);
  const hidden = hiddenText(chip, text, numbers);
  return html`<li>
    <button
      class="chip condition"
      title=${timesOf(chip, numbers.day) ?? nothing}
      aria-label=${fill(text.conditionRemove, `${name} ${hidden}`.trim())}
      @click=${() => act.searchFor(chip.without)}
    >
      <bdi>${name}</bdi> ${hidden === '' ? nothing : html`<small>${hidden}</small>`}
      <span aria-hidden="true">×</span>
    </button>
  </li>`;
}

/** How many passages the condition hides; nothing where they were not counted, or there are none. */
function hiddenText({ hides }: QueryChip, text: PanelText, numbers: Numbers): string {
  if (hides === undefined || hides.count === 0) return '';
  return fill(hides.isExact ? text.conditionHides : text.conditionHidesAbout, numbers.count(hides.count));
}

/** A condition that is off: its words are searched as words until it is turned on. */
function suggestion(
  offered: QuerySuggestion,
  text: PanelText,
  day: (time: number) => string,
  search: (query: string) => void,
): TemplateResult {
  const name = offerOf(offered, text, day);
  return html`<li>
    <button
      class="chip condition suggestion"
      title=${timesOf(offered, day) ?? nothing}
      aria-label=${fill(text.suggestionAdd, name)}
      @click=${() => search(offered.query)}
    >
      <span aria-hidden="true">+</span><bdi>${name}</bdi>
    </button>
  </li>`;
}

function rewriting(
  { id, kind, from, to }: QueryRewriting,
  text: PanelText,
  without: (id: string) => void,
): TemplateResult {
  const shown = to.slice(0, 60);
  return html`<li>
    <button
      class="chip condition rewriting"
      title=${fill(text[textKey('rewriting', kind)], from.slice(0, 60))}
      aria-label=${fill(text.rewritingRemove, shown)}
      @click=${() => without(id)}
    >
      <bdi>${fill(text.rewriting, shown)}</bdi><span aria-hidden="true">×</span>
    </button>
  </li>`;
}

/** One sentence for each kind, so that every language can use its own word order. */
function nameOf(
  { kind, negative, text: value }: Pick<QueryChip, 'kind' | 'negative' | 'text'>,
  text: PanelText,
): string {
  return fill(text[textKey(negative ? 'conditionNot' : 'condition', kind as ClauseKind)], value.slice(0, 60));
}

/** The sentence that describes a suggestion. A time with one end is named by its day: 지난주부터 by the Monday. */
function offerOf(
  { kind, negative, text: value, modified }: QuerySuggestion,
  text: PanelText,
  day: (time: number) => string,
): string {
  const { from, before } = modified ?? { from: null, before: null };
  if (from !== null && before === null) return fill(text.suggestionSince, day(from));
  if (before !== null && from === null) return fill(text.suggestionUntil, day(before - 1));
  if (!isOffered(kind as ClauseKind)) return nameOf({ kind, negative, text: value }, text);
  const key = textKey(negative ? 'suggestionNot' : 'suggestion', kind as OfferedKind);
  return fill(text[key], value.slice(0, 60));
}

function timesOf({ modified }: Pick<QueryChip, 'modified'>, day: (time: number) => string): string | null {
  if (modified === null) return null;
  const { from, before } = modified;
  // The last day is inclusive, as people say it.
  return `${from === null ? '' : day(from)} ~ ${before === null ? '' : day(before - 1)}`;
}

/** The only kinds that are ever offered. */
const OFFERED: ReadonlySet<ClauseKind> = new Set<OfferedKind>([
  'phrase',
  'path',
  'extension',
  'heading',
  'modified',
]);

function isOffered(kind: ClauseKind): kind is OfferedKind {
  return OFFERED.has(kind);
}
