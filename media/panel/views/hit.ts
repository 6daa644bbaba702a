import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { DirectiveResult } from 'lit/directive.js';
import type { Hit } from '../../../src/domain/hit.ts';
import type { Location } from '../../../src/domain/location.ts';
import { groupContributions } from '../explain/groups.ts';
import { fill } from '../format.ts';
import type { PanelText } from '../text.ts';
import { levelOf, verdictOf, type Shown } from '../state.ts';
import { reasons, stackedBar } from './bars.ts';
import { passageView } from './passage.ts';
import type { View } from './view.ts';

/** One hit. Drawn again only if something it shows has changed: 200 of them stand in a list. */
export function hitView(view: View, shown: Shown, hit: Hit, index: number, count: number): DirectiveResult {
  const { state } = view;
  const selected = state.selected === hit.id;
  const flash = state.flash?.id === hit.id ? state.flash : null;
  const { best, longestBar, decimals, labels, severalFolders } = shown;
  const level = levelOf(state, hit.id);
  const rank = shown.ranks.get(hit.id) ?? null;
  const verdict = verdictOf(state, hit);
  const inputs = [hit, index, count, selected, flash, level, rank, verdict, state.columns];
  return guard([...inputs, best, longestBar, decimals, labels.join('\n'), severalFolders, state.text], () =>
    draw(view, shown, hit, index, count),
  );
}

function draw(view: View, shown: Shown, hit: Hit, index: number, count: number): TemplateResult {
  const { state, numbers } = view;
  const selected = state.selected === hit.id;
  const level = levelOf(state, hit.id);
  const groups = groupContributions(hit);
  const rank = shown.ranks.get(hit.id);
  const faded = rank === undefined;
  const score = numbers.fixed(hit.score, shown.decimals);
  return html`<article
    class="hit ${selected ? 'selected' : ''} ${faded ? 'faded' : ''}"
    data-id=${hit.id}
    tabindex=${selected ? 0 : -1}
    aria-current=${selected ? 'true' : nothing}
    aria-posinset=${index + 1}
    aria-setsize=${count}
    aria-labelledby="name-${index} path-${index}"
    title=${faded ? state.text.hitFadedTip : nothing}
  >
    <div class="line">
      <span class="rank">${faded ? '–' : numbers.count(rank)}</span>
      <h2 class="name" id="name-${index}"><bdi>${nameOf(hit)}</bdi></h2>
      <span class="score" title=${faded ? nothing : fill(state.text.hitScoreTip, score)}
        >${faded ? '–' : score}</span
      >
    </div>
    <div class="body">
      ${pathView(hit, index, shown.severalFolders, state.text)}
      ${
        hit.waiting === true
          ? html`<p class="waiting">${state.text.hitWaiting}</p>`
          : passageView(view, hit, level, selected, new Set(groups.map(group => group.key)))
      }
      ${hit.pending === true ? html`<p class="waiting" title=${state.text.hitPendingTip}>${state.text.hitPending}</p>` : nothing}
      ${faded ? nothing : stackedBar(groups, hit.score, shown.best)}
      ${faded || level === 'snippet' ? nothing : reasons(view, hit, groups, shown, selected)}
      ${!faded && hit.waiting !== true && (selected || verdictOf(state, hit) !== null) ? verdicts(view, hit) : nothing}
    </div>
  </article>`;
}

/** The two buttons that mark a hit as relevant or not; their tooltips name the keys. */
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

/** The heading a passage stands under, else its file's name. */
function nameOf(hit: Hit): string {
  const heading = hit.headings.at(-1)?.trim().slice(0, 300);
  return heading === undefined || heading === '' ? baseName(hit.file) : heading;
}

/** `folder/`, `file`, `› heading › heading`: the folder gives way first where the line is short. */
function pathView(hit: Hit, index: number, severalFolders: boolean, text: PanelText): TemplateResult {
  const file = baseName(hit.file);
  const inside = hit.file.slice(0, hit.file.length - file.length);
  const folder = severalFolders ? `${baseName(hit.folder.replaceAll('\\', '/'))}/${inside}` : inside;
  const trail = hit.headings.slice(0, -1).filter(heading => heading.trim() !== '');
  const full = [`${folder}${file}`, ...trail].join(' › ');
  return html`<div class="path" id="path-${index}" title=${full.slice(0, 1000)}>
    ${folder === '' ? nothing : html`<bdi class="folder">${folder}</bdi>`}<bdi class="file">${file}</bdi>${
      trail.length === 0
        ? nothing
        : html`<span class="trail"
            >${trail.map(heading => html`<span class="step" aria-hidden="true">›</span><bdi>${heading.slice(0, 300)}</bdi>`)}</span
          >`
    }${placeView(hit, text)}
  </div>`;
}

/** Page, slide, cell, section or time; a line of a text file says little. */
function placeView({ location }: Hit, text: PanelText): TemplateResult | typeof nothing {
  const place = placeText(location, text);
  return place === null ? nothing : html`<span class="place">${place}</span>`;
}

function placeText(location: Location, text: PanelText): string | null {
  switch (location.kind) {
    case 'page':
      return fill(text.placePage, String(location.page));
    case 'slide':
      return fill(text.placeSlide, String(location.slide));
    case 'cell':
      return fill(text.placeCell, location.sheet.slice(0, 100), location.cell);
    case 'section':
      return fill(text.placeSection, String(location.section), String(location.paragraph));
    case 'time':
      return location.time;
    case 'line':
      break;
  }
  return null;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
