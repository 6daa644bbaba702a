/** What the styles of paragraphs come from: automatic ones (`P12`) have a named one as their parent. */
import { attribute, parseXml } from '../xml/parseXml.ts';

/** Name of a paragraph style -> name of its parent. */
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

/** Whether a style is the one for titles, or comes from it. */
export function isTitleStyle(style: string, parents: ReadonlyMap<string, string>): boolean {
  let name = style;
  for (let i = 0; i < 32 && name !== ''; i++) {
    if (/^(?:Title|제목)$/u.test(name)) return true;
    name = parents.get(name) ?? '';
  }
  return false;
}
