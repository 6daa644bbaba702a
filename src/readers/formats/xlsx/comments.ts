/** Comments on cells: notes (ECMA-376 part 1, 18.7) and threads (MS-XLSX 2.6.205). */
import { namesOfAuthors } from '../ooxml/authors.ts';
import type { OpcPackage } from '../ooxml/opcPackage.ts';
import { attribute, parseXml } from '../xml/parseXml.ts';
import { RichText } from './richText.ts';

export interface CellComment {
  readonly cell: string;
  readonly text: string;
}

/** Names of the authors of threads, by id. */
export function persons(opc: OpcPackage, main: string): ReadonlyMap<string, string> {
  return namesOfAuthors(opc, main, ['person'], { names: ['person'], attribute: 'displayName' });
}

export function sheetComments(
  opc: OpcPackage,
  sheet: string,
  names: ReadonlyMap<string, string>,
): readonly CellComment[] {
  const threads = opc.partsOf(sheet, 'threadedComment').flatMap(part => threaded(opc, part, names));
  const inThreads = new Set(threads.map(({ cell }) => cell));
  // For older programs, a thread is also stored as a note with a line that says so.
  const notes = opc.partsOf(sheet, 'comments').flatMap(part => notesOf(opc, part));
  return [...notes.filter(({ cell }) => !inThreads.has(cell)), ...threads];
}

function notesOf(opc: OpcPackage, part: string): readonly CellComment[] {
  const comments: CellComment[] = [];
  const bytes = opc.zip.read(part);
  if (bytes === null) return comments;
  const rich = new RichText();
  const authors: string[] = [];
  let author = '';
  let cell = '';
  let inAuthor = false;
  parseXml(bytes, {
    open: (name, attributes) => {
      rich.open(name);
      if (name === 'author') {
        inAuthor = true;
        authors.push('');
      } else if (name === 'comment') {
        cell = attribute(attributes, 'ref');
        author = authors[Number(attribute(attributes, 'authorId'))] ?? '';
      }
    },
    text: value => {
      if (inAuthor) authors[authors.length - 1] += value;
      else rich.text(value);
    },
    close: name => {
      rich.close(name);
      if (name === 'author') inAuthor = false;
      if (name === 'comment') comments.push({ cell, text: said(author, rich.take()) });
    },
  });
  return comments;
}

function threaded(opc: OpcPackage, part: string, names: ReadonlyMap<string, string>): readonly CellComment[] {
  const comments: CellComment[] = [];
  const bytes = opc.zip.read(part);
  if (bytes === null) return comments;
  let text = '';
  let cell = '';
  let author = '';
  let collects = false;
  parseXml(bytes, {
    open: (name, attributes) => {
      if (name === 'threadedComment') {
        cell = attribute(attributes, 'ref');
        author = names.get(attribute(attributes, 'personId')) ?? '';
        text = '';
      } else if (name === 'text') collects = true;
    },
    text: value => {
      if (collects) text += value;
    },
    close: name => {
      if (name === 'text') collects = false;
      if (name === 'threadedComment') comments.push({ cell, text: said(author, text) });
    },
  });
  return comments;
}

/** Excel writes the author into a note's text; other programs do not. */
function said(author: string, text: string): string {
  return author === '' || text.startsWith(author) ? text : `${author}: ${text}`;
}
