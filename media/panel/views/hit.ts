import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { DirectiveResult } from 'lit/directive.js';
import type { Hit } from '../../../src/domain/hit.ts';
import type { Location } from '../../../src/domain/location.ts';
import { groupContributions, type Group } from '../explain/groups.ts';
import { fill } from '../format.ts';
import type { PanelText } from '../text.ts';
import { isUnfolded, levelOf, verdictOf, type Level, type Shown } from '../state.ts';
import { barText, reasons, stackedBar } from './bars.ts';
import { hitActions } from './hitActions.ts';
import { baseName, nameOf } from './hitName.ts';
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
  const lit = state.lit?.id === hit.id ? state.lit.group : null;
  const open = selected ? [state.openGroups, state.comparison] : [];
  const inputs = [hit, index, count, selected, flash, level, rank, verdict, state.columns, lit, ...open];
  return guard(
    [
      ...inputs,
      shown.further.has(hit.id),
      state.far,
      best,
      longestBar,
      decimals,
      labels.join('\n'),
      severalFolders,
      state.text,
    ],
    () => draw(view, shown, hit, index, count),
  );
}

function draw(view: View, shown: Shown, hit: Hit, index: number, count: number): TemplateResult {
  const { state, numbers } = view;
  const selected = state.selected === hit.id;
  const level = levelOf(state, hit.id);
  const groups = groupContributions(hit);
  const rank = shown.ranks.get(hit.id);
  const faded = rank === undefined;
  const folded =
    !selected && !state.far && shown.further.has(hit.id) && shown.further.size < shown.ranks.size;
  const looks = [
    selected ? 'selected' : '',
    isUnfolded(state, hit.id) ? 'unfolded' : '',
    faded ? 'faded' : '',
    folded ? 'folded' : '',
  ];
  const score = numbers.fixed(hit.score, shown.decimals);
  return html`<article
    class="hit ${looks.join(' ')}"
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
      ${folded ? nothing : textView(view, hit, level, groups)}
      ${faded || folded ? nothing : scoreView(view, shown, hit, level, groups)}
      ${faded ? nothing : hitActions(view, shown, hit)}
    </div>
  </article>`;
}

/** The passage; of a file that is not read yet, that it is not. */
function textView(view: View, hit: Hit, level: Level, groups: readonly Group[]): unknown {
  const { text } = view.state;
  if (hit.waiting === true) return html`<p class="waiting">${text.hitWaiting}</p>`;
  return [
    passageView(view, hit, level, new Set(groups.map(group => group.key))),
    hit.pending === true
      ? html`<p class="waiting" title=${text.hitPendingTip}>${text.hitPending}</p>`
      : nothing,
  ];
}

/** The bar, and what it is made of. What was found by conditions alone has none. */
function scoreView(view: View, shown: Shown, hit: Hit, level: Level, groups: readonly Group[]): unknown {
  const { lit, selected } = view.state;
  if (hit.score === 0) return nothing;
  const label = barText(view, hit, groups, shown);
  return [
    stackedBar(groups, hit.score, shown.best, label, lit?.id === hit.id ? lit.group : null),
    level === 'snippet' ? nothing : reasons(view, hit, groups, shown, selected === hit.id),
  ];
}

/** `folder/`, `file`, `› heading › heading`: the folder gives way first where the line is short. */
function pathView(hit: Hit, index: number, severalFolders: boolean, text: PanelText): TemplateResult {
  const file = baseName(hit.file);
  const inside = hit.file.slice(0, hit.file.length - file.length);
  const { origin } = hit;
  const name =
    origin === undefined ? baseName(hit.folder.replaceAll('\\', '/')) : `${origin.team}: ${origin.source}`;
  const folder = severalFolders || origin !== undefined ? `${name}/${inside}` : inside;
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
