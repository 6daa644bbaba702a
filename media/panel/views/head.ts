import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Channel } from '../../../src/domain/channel.ts';
import { LONGEST_QUERY } from '../../../src/domain/queryLimits.ts';
import { fill } from '../format.ts';
import { isTeamOnly, type Shown } from '../state.ts';
import { conditions } from './conditions.ts';
import { facetsButton, facetsView } from './facets.ts';
import { legendView } from './legend.ts';
import { statusLine } from './status.ts';
import { termsView } from './terms.ts';
import type { View } from './view.ts';

/** Title and status, the query box with its channel toggles, the reading of the query, and the count. */
export function headView(view: View): TemplateResult {
  const { state, act } = view;
  const { text, channel } = state;
  return html`<header class="head" aria-busy=${state.searching ? 'true' : 'false'}>
    <div class="caption">
      <h1>${text.title}</h1>
      ${statusButton(view)}
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
    ${state.shown === null ? nothing : [conditions(view, state.shown), termsView(view, state.shown), countLine(view, state.shown), facetsView(view)]}
  </header>`;
}

/** The button says what is searched: without a folder, the team's servers, whose names stand in the settings. */
function statusButton({ state, act, numbers }: View): TemplateResult {
  const { text, status, teams } = state;
  if (isTeamOnly(state) && status.activity !== 'failed')
    return html`<button class="status" title=${text.openSettings} @click=${() => act.command('settings')}>
      ${fill(text.statusTeam, numbers.count(teams))}
    </button>`;
  return html`<button class="status" title=${text.statusTip} @click=${() => act.command('ledger')}>
    ${statusLine(status, text, numbers)}
  </button>`;
}

function toggle(
  { act }: View,
  own: 'semantic' | 'lexical',
  label: string,
  tip: string,
  on: boolean,
): TemplateResult {
  const other = own === 'semantic' ? 'lexical' : 'semantic';
  // Turning off the only channel turns on the other one, so one is always on.
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

function countLine(view: View, shown: Shown): TemplateResult {
  const { state, act, numbers } = view;
  const { text } = state;
  const { total, hits, milliseconds } = shown.result;
  const count =
    total > hits.length
      ? fill(text.countShown, numbers.count(total), numbers.count(hits.length))
      : fill(text.count, numbers.count(total));
  return html`<div class="count">
    <span>${count}<span class="time">${fill(text.countTime, numbers.milliseconds(milliseconds))}</span></span>
    ${hits.length === 0 ? nothing : facetsButton(view)}
    <button class="link" title=${text.whyMissingTip} @click=${() => act.why()}>${text.whyMissing}</button>
    ${hits.length === 0 ? nothing : legendView(view, shown)}
  </div>`;
}
