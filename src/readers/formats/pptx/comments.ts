/** Comments on slides: the old kind (`p:cm`) and the threaded one (`p188:cm`, MS-PPTX 2.17). */
import { namesOfAuthors } from '../ooxml/authors.ts';
import type { OpcPackage } from '../ooxml/opcPackage.ts';
import { attribute, parseXml } from '../xml/parseXml.ts';

/** Names of the authors of comments, by number (old) or id (threaded). */
export function commentAuthors(opc: OpcPackage, main: string): ReadonlyMap<string, string> {
  const names = ['cmAuthor', 'author'];
  return namesOfAuthors(opc, main, ['commentAuthors', 'authors'], { names, attribute: 'name' });
}

/** Each comment or reply with its author. */
export function slideComments(
  opc: OpcPackage,
  slide: string,
  authors: ReadonlyMap<string, string>,
): readonly string[] {
  const comments: string[] = [];
  for (const part of opc.partsOf(slide, 'comments')) {
    const bytes = opc.zip.read(part);
    if (bytes === null) continue;
    let author = '';
    let text = '';
    let collects = false;
    parseXml(bytes, {
      open: (name, attributes) => {
        if (name === 'cm' || name === 'reply') author = authors.get(attribute(attributes, 'authorId')) ?? '';
        else if (name === 'text' || name === 't') collects = true;
      },
      text: value => {
        if (collects) text += value;
      },
      close: name => {
        if (name === 'text' || name === 't') collects = false;
        else if (name === 'p') text += '\n';
        else if ((name === 'cm' || name === 'reply' || name === 'txBody') && text.trim() !== '') {
          comments.push([author, text.trim()].filter(said => said !== '').join(': '));
          text = '';
        }
      },
    });
  }
  return comments;
}
