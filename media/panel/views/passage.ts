import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Hit } from '../../../src/domain/hit.ts';
import { colourOf } from '../palette.ts';
import { REST } from '../explain/groups.ts';
import { segments, tintsOf, type Segment, type Tint } from '../passage/tints.ts';
import { isUnfolded, type Level } from '../state.ts';
import type { View } from './view.ts';

/** Lines of a passage at rest, and of the selected one: in the sidebar many hits are to be seen. */
const LINES = { sidebar: { rest: 1, selected: 4 }, tab: { rest: 3, selected: 6 } } as const;
/** Lines break between words, so that they are never quite full. */
const FILL = 0.92;

/** A passage with the words that matched underlined: solid as written, dotted for what the model added. */
export function passageView(
  { state, act, windows }: View,
  hit: Hit,
  level: Level,
  shownGroups: ReadonlySet<string>,
): TemplateResult {
  const whole = level === 'whole';
  const { rest, selected: unfolded } = LINES[state.surface];
  const lines = isUnfolded(state, hit.id) ? unfolded : rest;
  const display = windows.display(hit, whole);
  const tints = tintsOf(hit.contributions, display);
  const all = { start: 0, end: display.text.length };
  const range = whole ? all : windows.window(hit, display, tints, Math.floor(state.columns * lines * FILL));
  const before = range.start > 0;
  const after = range.end < display.text.length;
  const runs = segments(tints, range, tint => flashes(state.flash, hit.id, tint, shownGroups));
  const lit = state.lit?.id === hit.id ? state.lit.group : null;
  return html`<p class="passage ${whole ? 'whole' : before || after ? `cut l${lines}` : ''}">
      <bdi
        >${before ? '… ' : nothing}${runs.map(run => runView(run, display.text, state.flash?.turn ?? 0, lit))}${after ? (/[.!?]/.test(display.text[range.end - 1] ?? '') ? ' …' : '…') : nothing}</bdi
      >
    </p>
    ${
      (whole || before || after) && isUnfolded(state, hit.id)
        ? html`<button class="link fold" @click=${() => act.toggleWhole(hit.id)}>
            ${whole ? state.text.passageLess : state.text.passageMore}
          </button>`
        : nothing
    }`;
}

function flashes(
  flash: View['state']['flash'],
  id: string,
  tint: Tint,
  shownGroups: ReadonlySet<string>,
): boolean {
  if (flash?.id !== id) return false;
  return flash.group === REST ? !shownGroups.has(tint.group) : tint.group === flash.group;
}

function runView(run: Segment, text: string, turn: 0 | 1, lit: string | null): TemplateResult | string {
  const content = text.slice(run.start, run.end);
  if (run.tint === null) return content;
  const kind = run.tint.kind === 'literal' ? 'as-is' : 'widened';
  const flash = run.flash ? `flash f${turn}` : '';
  const pointed = run.tint.group === lit ? 'lit' : '';
  // data-from and data-to lead a click back to the place.
  return html`<mark
    class="${kind} ${colourOf(run.tint.word)} ${flash} ${pointed}"
    data-part=${run.tint.group}
    data-from=${run.tint.start}
    data-to=${run.tint.end}
    >${content}</mark
  >`;
}
