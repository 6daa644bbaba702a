import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { EngineStatus } from '../../../src/domain/engineStatus.ts';
import { fill } from '../format.ts';
import type { PanelCommand } from '../messages.ts';
import { hasNothing, isTeamOnly, type Shown } from '../state.ts';
import { sized } from './sized.ts';
import { statusLine } from './status.ts';
import type { View } from './view.ts';

/** Replaces the list before a search, without documents, or without hits. */
export function emptyView(view: View): TemplateResult {
  const { state } = view;
  const { text } = state;
  if (hasNothing(state)) {
    return message(text.noFolderTitle, text.noFolderBody, [
      button(view, 'openFolder', text.openFolder, true),
    ]);
  }
  const { activity, documents, total } = state.status;
  if (state.teams === 0 && activity === 'idle' && documents === 0 && total === 0) {
    return message(text.noDocumentsTitle, text.noDocumentsBody, [
      button(view, 'ledger', text.openLedger, true),
      button(view, 'settings', text.openSettings, false),
    ]);
  }
  return firstUse(view);
}

/** Without any passage: tells what was tried, and what to do. */
export function noneView(view: View, shown: Shown): TemplateResult {
  const { state, act, numbers } = view;
  const { text, status } = state;
  const tried = {
    hybrid: text.noneTriedHybrid,
    semantic: text.noneTriedSemantic,
    lexical: text.noneTriedLexical,
  }[shown.channel];
  const { further, unconditional } = shown.result;
  if (unconditional !== null)
    return message(fill(text.noneTitle, shown.query.trim().slice(0, 80)), text.noneConditions, [
      html`<button class="button" @click=${() => act.searchFor(unconditional.query)}>
        ${fill(text.withoutConditions, numbers.count(unconditional.total))}
      </button>`,
    ]);
  const isHybrid = shown.channel === 'hybrid';
  // Exactly one of them is the primary action.
  const far = html`<button class="button ${isHybrid ? '' : 'secondary'}" @click=${act.showFar}>
    ${fill(text.farShow, numbers.count(further.length))}
  </button>`;
  const widen = html`<button class="button" @click=${() => act.setChannel('hybrid')}>${text.widen}</button>`;
  return html`${message(
    fill(further.length > 0 ? text.noneLikeTitle : text.noneTitle, shown.query.trim().slice(0, 80)),
    tried,
    [
      further.length === 0 ? nothing : far,
      isHybrid ? nothing : widen,
      isTeamOnly(state) ? nothing : button(view, 'ledger', text.openLedger, isHybrid && further.length === 0),
    ],
  )}
  ${
    isWorking(status) && !isTeamOnly(state)
      ? html`<p class="aside">
          ${fill(text.noneIndexing, numbers.count(status.done), numbers.count(status.total))}
        </p>`
      : nothing
  }`;
}

/** The engine stopped, or one search failed. */
export function failureView(view: View): TemplateResult {
  const { text, status, failure } = view.state;
  const engine = status.activity === 'failed';
  const body = failure ?? status.problem ?? text.engineFailedBody;
  return html`<div role="alert">
    ${message(engine ? text.engineFailedTitle : text.searchFailedTitle, body, [
      button(view, 'restart', text.restart, true),
      button(view, 'showLog', text.showLog, false),
    ])}
  </div>`;
}

function firstUse(view: View): TemplateResult {
  const { state, act } = view;
  const { text } = state;
  const recent = state.recent.slice(-5).reverse();
  const queries = recent.length > 0 ? recent : [text.example1, text.example2, text.example3];
  return html`<div class="empty">
    ${
      recent.length > 0
        ? nothing
        : html`<h2>${text.firstTitle}</h2>
            <p>${isTeamOnly(state) ? text.teamFirstBody : text.firstBody}</p>`
    }
    ${progress(view)}
    <h3>${recent.length > 0 ? text.recentLabel : text.examplesLabel}</h3>
    <ul class="examples">
      ${queries.map(
        query =>
          html`<li>
            <button class="example" @click=${() => act.searchFor(query)}><bdi>${query}</bdi></button>
          </li>`,
      )}
    </ul>
  </div>`;
}

function progress(view: View): TemplateResult | typeof nothing {
  const { state, numbers } = view;
  const { status, text } = state;
  if (!isWorking(status) || isTeamOnly(state)) return nothing;
  const share = status.total > 0 ? (status.done / status.total) * 100 : 0;
  const paused = status.activity === 'paused';
  return html`<div class="progress">
    <div class="progress-line">
      <span>${statusLine(status, text, numbers)}</span>
      ${
        status.activity === 'indexing' || paused
          ? html`<button class="link" @click=${() => view.act.command(paused ? 'resume' : 'pause')}>
              ${paused ? text.resume : text.pause}
            </button>`
          : nothing
      }
    </div>
    <div
      class="meter"
      role="progressbar"
      aria-label=${text.progressLabel}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(share)}
    >
      <span ${sized({ width: share })}></span>
    </div>
    <p class="hint">${text.progressHint}</p>
  </div>`;
}

export function isWorking(status: EngineStatus): boolean {
  return status.activity !== 'idle' && status.activity !== 'failed';
}

function message(title: string, body: string, buttons: readonly unknown[]): TemplateResult {
  return html`<div class="empty">
    <h2><bdi>${title}</bdi></h2>
    <p>${body}</p>
    <div class="buttons">${buttons}</div>
  </div>`;
}

function button({ act }: View, command: PanelCommand, label: string, primary: boolean): TemplateResult {
  return html`<button class="button ${primary ? '' : 'secondary'}" @click=${() => act.command(command)}>
    ${label}
  </button>`;
}
