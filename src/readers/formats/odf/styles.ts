/** Parents of paragraph styles: an automatic style (`P12`) has a named one as its parent. */
import { attribute, parseXml } from '../xml/parseXml.ts';

/** Maps the name of a paragraph style to that of its parent. */
export function paragraphStyles(...parts: readonly (Uint8Array | null)[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const part of parts)
    if (part !== null)
      parseXml(part, {
        open: (name, attributes) => {
          if (name === 'style' && attribute(attributes, 'style:family') === 'paragraph')
            parents.set(
              attribute(attributes, 'style:name'),
              attribute(attributes, 'style:parent-style-name'),
            );
        },
      });
  return parents;
}

/** Whether a style is the title style or derives from it. */
export function isTitleStyle(style: string, parents: ReadonlyMap<string, string>): boolean {
  let name = style;
  for (let i = 0; i < 32 && name !== ''; i++) {
    if (/^(?:Title|제목)$/u.test(name)) return true;
    name = parents.get(name) ?? '';
  }
  return false;
}
