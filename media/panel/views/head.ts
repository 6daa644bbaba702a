import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Channel } from '../../../src/domain/channel.ts';
import type { QueryTerm } from '../../../src/domain/query.ts';
import { LONGEST_QUERY } from '../../../src/domain/queryLimits.ts';
import { fill } from '../format.ts';
import { colourOf } from '../palette.ts';
import type { Shown } from '../state.ts';
import { conditions } from './conditions.ts';
import { glyph } from './glyph.ts';
import { statusLine } from './status.ts';
import type { View } from './view.ts';

/** Chips shown before "+ n" unfolds the rest. */
const FEW_CHIPS = 5;

/** Title and status, the query box with its channel toggles, how the query was read, and the count. */
export function headView(view: View): TemplateResult {
  const { state, act, numbers } = view;
  const { text, channel } = state;
  return html`<header class="head" aria-busy=${state.searching ? 'true' : 'false'}>
    <div class="caption">
      <h1>${text.title}</h1>
      <button class="status" title=${text.statusTip} @click=${() => act.command('ledger')}>
        ${statusLine(state.status, text, numbers)}
      </button>
    </div>
    <div class="asking">
      <div class="box">
        <input
          id="query"
          type="text"
          role="searchbox"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          maxlength=${LONGEST_QUERY}
          aria-label=${text.queryLabel}
          placeholder=${text.queryPlaceholder}
          @input=${(event: Event) => act.typed((event.target as HTMLInputElement).value)}
        />
        <div class="channels" role="group" aria-label=${text.channelGroup}>
          ${toggle(view, 'semantic', text.channelSemantic, text.channelSemanticTip, channel !== 'lexical')}
          ${toggle(view, 'lexical', text.channelLexical, text.channelLexicalTip, channel !== 'semantic')}
        </div>
      </div>
    </div>
    ${state.shown === null ? nothing : [conditions(view, state.shown), chips(view, state.shown), countLine(view, state.shown)]}
  </header>`;
}

function toggle(
  { act }: View,
  own: 'semantic' | 'lexical',
  label: string,
  tip: string,
  on: boolean,
): TemplateResult {
  const other = own === 'semantic' ? 'lexical' : 'semantic';
  // Turning the only channel off turns the other one on: one always stays.
  const next: Channel = on ? other : 'hybrid';
  return html`<button
    class="toggle"
    aria-pressed=${on ? 'true' : 'false'}
    title=${tip}
    @click=${() => act.setChannel(next)}
  >
    ${label}
  </button>`;
}

function chips({ state, act, numbers }: View, shown: Shown): TemplateResult {
  const terms = distinct(shown.result.terms);
  const folded = terms.length > FEW_CHIPS + 1 && !state.chipsOpen;
  const visible = folded ? terms.slice(0, FEW_CHIPS) : terms;
  const hidden = numbers.count(terms.length - FEW_CHIPS);
  if (terms.length === 0) return html``;
  return html`<ul class="chips" aria-label=${state.text.chipsLabel}>
    ${visible.map(
      term =>
        html`<li class="chip ${colourOf(term.word)} ${term.expansion ? 'expansion' : ''}">
          ${glyph(term.expansion ? 'queryExpansion' : 'literal')}<bdi>${term.token.slice(0, 60)}</bdi
          ><small>${numbers.fixed(term.weight, 1)}</small>
        </li>`,
    )}
    ${
      terms.length > FEW_CHIPS + 1
        ? html`<li>
            <button
              class="chip more"
              aria-expanded=${state.chipsOpen ? 'true' : 'false'}
              title=${folded ? fill(state.text.chipsMoreTip, hidden) : nothing}
              @click=${act.toggleChips}
            >
              ${folded ? fill(state.text.chipsMore, hidden) : state.text.chipsLess}
            </button>
          </li>`
        : nothing
    }
  </ul>`;
}

/** Both channels may name the same word; it gets one chip, with the greater weight. */
function distinct(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  const seen = new Set<string>();
  return terms.filter(term => {
    const key = `${term.word}\n${term.token}`;
    return !seen.has(key) && seen.add(key);
  });
}

function countLine({ state, act, numbers }: View, shown: Shown): TemplateResult {
  const { text } = state;
  const { total, hits, milliseconds } = shown.result;
  const time = numbers.milliseconds(milliseconds);
  const count =
    total > hits.length
      ? fill(text.countShown, numbers.count(total), numbers.count(hits.length), time)
      : fill(text.count, numbers.count(total), time);
  return html`<div class="count">
    <span>${count}</span>
    <button class="link" @click=${() => act.why()}>${text.whyMissing}</button>
  </div>`;
}
