/** Names of the people who have commented on a document, by the id that comments give them. */
import { attribute } from '../xml/parseXml.ts';
import type { OpcPackage } from './opcPackage.ts';

/** `element`: the elements of one person in the parts of these relationships, and the attribute with the name. */
export function namesOfAuthors(
  opc: OpcPackage,
  main: string,
  relationships: readonly string[],
  element: { readonly names: readonly string[]; readonly attribute: string },
): ReadonlyMap<string, string> {
  const authors = new Map<string, string>();
  for (const part of opc.partsOf(main, ...relationships))
    opc.parse(part, (name, attributes) => {
      if (element.names.includes(name))
        authors.set(attribute(attributes, 'id'), attribute(attributes, element.attribute));
    });
  return authors;
}
