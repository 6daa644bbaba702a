/** Word documents: `.docx`, `.docm`, `.dotx` (ECMA-376 part 1, 11 and 17). */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { addDrawing } from '../ooxml/addDrawing.ts';
import { addEmbedded } from '../ooxml/addEmbedded.ts';
import { OpcPackage } from '../ooxml/opcPackage.ts';
import { addPackageProperties } from '../ooxml/properties.ts';
import { ProblemError } from '../problem.ts';
import { attribute, parseXml } from '../xml/parseXml.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { Story, type StoryItem } from './story.ts';
import { Styles } from './styles.ts';

const NOTE_PARTS = new Set(['footnote', 'endnote', 'comment']);

export async function readDocx(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const opc = new OpcPackage(bytes, options.budget);
  const main = opc.mainPart(['word/document.xml', 'word/document2.xml']);
  if (main === null) throw new ProblemError('damaged', 'no main part');
  const builder = new DocumentBuilder();
  addPackageProperties(builder, opc);
  const document = new WordDocument(opc, main, builder);
  document.read();
  const files = new EmbeddedFiles(options, opc.zip.budget);
  for (const part of document.parts) addEmbedded(files, opc, part);
  await files.appendTo(builder);
  return finishDocument(builder, opc.zip);
}

class WordDocument {
  readonly #opc: OpcPackage;
  readonly #main: string;
  readonly #builder: DocumentBuilder;
  readonly #styles: Styles;
  /** Notes that have not been referred to yet, by kind and number. */
  readonly #notes = new Map<string, readonly { readonly part: string; readonly item: StoryItem }[]>();
  /** Parts that have been read and may point at others. */
  readonly parts = new Set<string>();

  constructor(opc: OpcPackage, main: string, builder: DocumentBuilder) {
    this.#opc = opc;
    this.#main = main;
    this.#builder = builder;
    const [styles] = opc.partsOf(main, 'styles');
    this.#styles = new Styles(opc.zip.read(styles ?? 'word/styles.xml'));
  }

  /** Reads the body with its notes where they are referred to, then the remaining notes, then headers and footers. */
  read(): void {
    for (const part of this.#opc.partsOf(this.#main, 'footnotes', 'endnotes', 'comments'))
      this.#readNotes(part);
    this.#readStory(this.#main);
    for (const key of this.#notes.keys()) this.#addNote(key);
    this.#builder.leave(1);
    this.#builder.at({ kind: 'section', section: 1, paragraph: 1 });
    const seen = new Set<string>();
    for (const part of this.#opc.partsOf(this.#main, 'header', 'footer')) {
      if (this.#builder.full) return;
      const items: StoryItem[] = [];
      this.#parse(part, item => items.push(item));
      const said = JSON.stringify(items.map(item => ('text' in item ? item.text : '')));
      if (seen.has(said)) continue;
      seen.add(said);
      for (const item of items) if (item.kind !== 'place') this.#addItem(part, asText(item));
    }
  }

  #readStory(part: string): void {
    this.#parse(part, item => this.#addItem(part, item));
  }

  #parse(part: string, emit: (item: StoryItem) => void): void {
    const bytes = this.#opc.zip.read(part);
    if (bytes === null) return;
    this.parts.add(part);
    parseXml(bytes, this.#story(part, emit), () => this.#builder.full);
  }

  #story(part: string, emit: (item: StoryItem) => void): Story {
    const targetOf = (id: string): string => {
      const relation = id === '' ? undefined : this.#opc.relation(part, id);
      return relation?.isExternal === true ? relation.target : '';
    };
    return new Story(this.#styles, targetOf, emit);
  }

  #readNotes(part: string): void {
    const bytes = this.#opc.zip.read(part);
    if (bytes === null) return;
    this.parts.add(part);
    let items: { part: string; item: StoryItem }[] = [];
    const story = this.#story(part, item => {
      if (item.kind !== 'place') items.push({ part, item: asText(item) });
    });
    parseXml(bytes, {
      open: (name, attributes) => {
        if (NOTE_PARTS.has(name)) {
          items = [];
          this.#notes.set(`${name} ${attribute(attributes, 'w:id')}`, items);
          const author = attribute(attributes, 'w:author');
          if (author !== '') items.push({ part, item: { kind: 'block', block: 'paragraph', text: author } });
        } else story.open(name, attributes);
      },
      close: name => {
        if (!NOTE_PARTS.has(name)) story.close(name);
      },
      text: story.text,
    });
  }

  #addNote(key: string): void {
    const items = this.#notes.get(key);
    this.#notes.delete(key);
    for (const { part, item } of items ?? []) this.#addItem(part, item);
  }

  #addItem(part: string, item: StoryItem): void {
    if (item.kind === 'heading') this.#builder.heading(item.depth, item.text);
    else if (item.kind === 'block') this.#builder.block(item.block, item.text);
    else if (item.kind === 'note') this.#addNote(`${item.of} ${item.id}`);
    else if (item.kind === 'relation') addDrawing(this.#builder, this.#opc, part, item.id);
    else this.#builder.at({ kind: 'section', section: item.section, paragraph: item.paragraph });
  }
}

/** A heading in a note or a page header has no text of the body below it. */
function asText(item: StoryItem): StoryItem {
  return item.kind === 'heading' ? { kind: 'block', block: 'paragraph', text: item.text } : item;
}
