import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { MatchKind } from '../../../src/domain/hit.ts';
import type { PanelText } from '../text.ts';
import { textKey } from '../textKey.ts';

/** The kind of match as a shape, so that it is told without colour: dot, square, dot in a ring, half dot, ring, dashed ring. */
export function glyph(kind: MatchKind | 'rest', name: string | null = null): TemplateResult {
  return html`<svg
    class="glyph"
    viewBox="0 0 10 10"
    role=${name === null ? nothing : 'img'}
    aria-label=${name ?? nothing}
    aria-hidden=${name === null ? 'true' : nothing}
  >
    ${SHAPES[kind]}
  </svg>`;
}

const SHAPES: Readonly<Record<MatchKind | 'rest', TemplateResult>> = {
  literal: svg`<circle class="full" cx="5" cy="5" r="4.4"></circle>`,
  name: svg`<rect class="full" x="1.2" y="1.2" width="7.6" height="7.6" rx="1"></rect>`,
  rewritten: svg`<circle class="ring" cx="5" cy="5" r="3.9"></circle><circle class="full" cx="5" cy="5" r="2"></circle>`,
  rest: svg`<circle class="full" cx="5" cy="5" r="4.4"></circle>`,
  queryExpansion: svg`<circle class="ring" cx="5" cy="5" r="3.9"></circle><path class="full" d="M5 1.1a3.9 3.9 0 0 0 0 7.8z"></path>`,
  documentExpansion: svg`<circle class="ring" cx="5" cy="5" r="3.9"></circle>`,
  bothExpansion: svg`<circle class="ring dashed" cx="5" cy="5" r="3.9"></circle>`,
};

export function kindName(kind: MatchKind, text: PanelText): string {
  return text[textKey('kind', kind)];
}
