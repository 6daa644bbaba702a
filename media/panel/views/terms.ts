import { html, nothing, type TemplateResult } from 'lit/html.js';
import { fill } from '../format.ts';
import { colourOf } from '../palette.ts';
import type { Shown } from '../state.ts';
import { fittingChips, type SteerChip } from '../steer/chips.ts';
import { glyph } from './glyph.ts';
import { sized } from './sized.ts';
import type { View } from './view.ts';

/** Half-width columns of the two buttons of undo and redo. */
const STEPS_COLUMNS = 8;

/** The query's words and the terms that the model added, each with its weight: one line unless unfolded. */
export function termsView(view: View, { chips }: Shown): TemplateResult | typeof nothing {
  const { state, act, numbers } = view;
  const { text } = state;
  if (chips.length === 0) return nothing;
  const fitting = fittingChips(chips, state.columns - (state.isSteered ? STEPS_COLUMNS : 0));
  const isLong = fitting < chips.length;
  const steered = chips.find(({ key }) => key === state.steered);
  // The chip whose weight is being changed must be visible.
  const isOpen = state.chipsOpen || (steered !== undefined && chips.indexOf(steered) >= fitting);
  const visible = isOpen ? chips : chips.slice(0, fitting);
  const hidden = numbers.count(chips.length - fitting);
  return html`<div class="terms ${isOpen ? 'open' : ''}">
      <ul class="chips" aria-label=${text.chipsLabel}>
        ${visible.map(chip => html`<li>${chipView(view, chip)}</li>`)}
      </ul>
      ${
        isLong
          ? html`<button
              class="chip more"
              aria-expanded=${isOpen ? 'true' : 'false'}
              title=${isOpen ? text.chipsLess : fill(text.chipsMoreTip, hidden)}
              aria-label=${isOpen ? text.chipsLess : nothing}
              @click=${act.toggleChips}
            >
              ${isOpen ? '▴' : fill(text.chipsMore, hidden)}
            </button>`
          : nothing
      }
      ${stepsView(view)}
    </div>
    ${steered === undefined ? nothing : editorView(view, steered)}`;
}

function stepsView({ state, act }: View): TemplateResult | typeof nothing {
  const { text, canUndo, canRedo, isSteered } = state;
  if (!isSteered) return nothing;
  return html`<span class="steps">
    ${step('↶', text.undo, canUndo, act.undo)}${step('↷', text.redo, canRedo, act.redo)}
  </span>`;
}

function step(sign: string, label: string, can: boolean, run: () => void): TemplateResult {
  return html`<button class="step-button" title=${label} aria-label=${label} ?disabled=${!can} @click=${run}>
    ${sign}
  </button>`;
}

function chipView(view: View, chip: SteerChip): TemplateResult {
  const { state, act, numbers } = view;
  const { text } = state;
  const weight = numbers.short(chip.weight);
  const isWord = chip.kind === 'word';
  const isOff = chip.weight === 0;
  const shown = isOff ? '0' : isWord ? (chip.weight === 1 ? '' : `×${weight}`) : weight;
  const label = isOff ? text.chipOff : isWord ? text.chipWord : text.chipDimension;
  const looks = [chip.expansion ? 'expansion' : '', isOff ? 'off' : '', isPinned(chip) ? 'pinned' : ''];
  return html`<button
    class="chip term ${colourOf(chip.word)} ${looks.join(' ')}"
    data-chip=${chip.key}
    aria-expanded=${state.steered === chip.key ? 'true' : 'false'}
    title=${fill(label, chip.name.slice(0, 60), weight)}
    @click=${() => act.steerChip(chip.key)}
    @keydown=${(event: KeyboardEvent) => onChipKey(view, chip, event)}
  >
    ${glyph(chip.expansion ? 'queryExpansion' : 'literal')}<bdi>${chip.name.slice(0, 60)}</bdi>${shown === '' ? nothing : html`<small>${shown}</small>`}
  </button>`;
}

/** The person set its weight, so it stays whatever else is searched. */
function isPinned({ kind, own, weight }: SteerChip): boolean {
  return kind === 'dimension' && own !== null && weight > 0;
}

/** A step of the arrow keys, and of the slider. */
const STEP = 0.1;

function onChipKey({ act }: View, chip: SteerChip, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowUp') act.weigh(chip, chip.weight + STEP);
  else if (event.key === 'ArrowDown') act.weigh(chip, chip.weight - STEP);
  else if (event.key === 'Delete' || event.key === 'Backspace') act.toggleChip(chip);
  else if (event.key === 'Escape') act.steerChip(null);
  else return;
  event.preventDefault();
}

/** Edits the weight of a chip, by dragging or typing, with its other actions. */
function editorView(view: View, chip: SteerChip): TemplateResult {
  const { state, act, numbers } = view;
  const { text } = state;
  const name = chip.name.slice(0, 60);
  const label = fill(text.steerLabel, name);
  const weigh = (event: Event): void => {
    const weight = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isFinite(weight)) act.weigh(chip, weight);
  };
  const value = String(Math.round(chip.weight * 100) / 100);
  const close = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') act.steerChip(null);
  };
  return html`<div class="steer ${colourOf(chip.word)}" role="group" aria-label=${label} @keydown=${close}>
    <div class="steer-line">
      <bdi class="steer-name">${name}</bdi>
      <input
        type="range"
        min="0"
        max=${chip.most}
        step=${STEP}
        aria-label=${label}
        aria-valuetext=${numbers.short(chip.weight)}
        ${sized({ value })}
        @input=${weigh}
      />
      <input
        type="number"
        min="0"
        max=${chip.most}
        step=${STEP}
        aria-label=${label}
        ${sized({ value })}
        @change=${weigh}
      />
    </div>
    <div class="steer-actions">
      <button class="link" @click=${() => act.toggleChip(chip)}>
        ${chip.weight === 0 ? text.steerOn : text.steerOff}
      </button>
      ${
        chip.kind === 'dimension' && chip.weight > 0
          ? html`<button
              class="link"
              title=${text.steerPinTip}
              aria-pressed=${isPinned(chip) ? 'true' : 'false'}
              @click=${() => act.pinChip(chip)}
            >
              ${isPinned(chip) ? text.steerUnpin : text.steerPin}
            </button>`
          : nothing
      }
      <button class="link" title=${fill(text.excludeTip, name)} @click=${() => act.excludeWord(name)}>
        ${text.exclude}
      </button>
      <button class="link" @click=${() => act.steerChip(null)}>${text.steerClose}</button>
    </div>
  </div>`;
}

/** The selection must survive the press. */
function keepSelection(event: Event): void {
  event.preventDefault();
}

/** Actions on a selected word of a passage. They float over the list's foot, so that nothing moves. */
export function pickedView({ state, act }: View): TemplateResult | typeof nothing {
  const { picked, text } = state;
  if (picked === null || state.shown === null) return nothing;
  return html`<div class="reorder picked" @mousedown=${keepSelection}>
    <button class="button" @click=${() => act.addWord(picked)}>${fill(text.addWord, picked)}</button>
    <button class="button secondary" @click=${() => act.excludeWord(picked)}>${text.exclude}</button>
  </div>`;
}
