/** Tells which styles of a Word document make headings, and how deep (ECMA-376 part 1, 17.7 and 17.9.20). */
import { attribute, parseXml } from '../xml/parseXml.ts';

interface Style {
  name: string;
  basedOn: string;
  /** Zero-based outline level; null where the style has none. 9 is body text. */
  outline: number | null;
  isList: boolean;
}

/** A longer chain of styles is a cycle. */
const MAX_CHAIN = 32;
const NAMED_HEADING = /^(?:heading|제목|개요|Überschrift|Titre)\s*([1-9])$/iu;
const TITLE = /^(?:title|제목|문서\s*제목)$/iu;

/** Depth 1 is the document's title, so that headings of level 1 come below it. */
export class Styles {
  readonly #styles = new Map<string, Style>();

  constructor(bytes: Uint8Array | null) {
    if (bytes !== null) this.#parse(bytes);
  }

  /**
   * The depth of the heading that a paragraph of this style is; null where it is not one. `outline` is the paragraph's
   * own level.
   */
  depthOf(styleId: string, outline: number | null): number | null {
    if (outline !== null) return outline >= 0 && outline < 9 ? outline + 2 : null;
    let id = styleId;
    for (let i = 0; i < MAX_CHAIN && id !== ''; i++) {
      const style = this.#styles.get(id);
      const name = style?.name ?? id;
      if (style?.outline != null) return style.outline < 9 ? style.outline + 2 : null;
      const level = NAMED_HEADING.exec(name)?.[1];
      if (level !== undefined) return Number(level) + 1;
      if (TITLE.test(name)) return 1;
      id = style?.basedOn ?? '';
    }
    return null;
  }

  isList(styleId: string): boolean {
    let id = styleId;
    for (let i = 0; i < MAX_CHAIN && id !== ''; i++) {
      const style = this.#styles.get(id);
      if (style?.isList === true) return true;
      id = style?.basedOn ?? '';
    }
    return false;
  }

  #parse(bytes: Uint8Array): void {
    let style: Style | null = null;
    parseXml(bytes, {
      open: (name, attributes) => {
        if (name === 'style') {
          style = { name: '', basedOn: '', outline: null, isList: false };
          if (attribute(attributes, 'w:type') !== 'character')
            this.#styles.set(attribute(attributes, 'w:styleId'), style);
        } else if (style === null) return;
        else if (name === 'name') style.name = attribute(attributes, 'w:val');
        else if (name === 'basedOn') style.basedOn = attribute(attributes, 'w:val');
        else if (name === 'outlineLvl') style.outline = Number(attribute(attributes, 'w:val'));
        else if (name === 'numPr') style.isList = true;
      },
      close: name => {
        if (name === 'style') style = null;
      },
    });
  }
}
