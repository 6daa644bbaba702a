import { noChange } from 'lit/html.js';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Lengths that depend on a number are set by script, because the CSP forbids style attributes; and a box's value. */
interface Sizes {
  /** Percent of the parent's width. */
  readonly width?: number;
  /** Share among flex siblings. */
  readonly grow?: number;
  /** The text of a box; it is written only where it differs, since a person may be typing there. */
  readonly value?: string;
}

class Sized extends Directive {
  render(_sizes: Sizes): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [sizes]: [Sizes]): typeof noChange {
    const element = part.element as HTMLInputElement;
    const { style } = element;
    if (sizes.value !== undefined && element.value !== sizes.value) element.value = sizes.value;
    if (sizes.width !== undefined) style.width = `${Math.max(0, Math.min(100, sizes.width))}%`;
    if (sizes.grow !== undefined) style.flexGrow = String(Math.max(0, sizes.grow));
    return noChange;
  }
}

export const sized = directive(Sized);
