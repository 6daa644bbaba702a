/** Books: `.epub` (EPUB 3.3, and the table of contents of EPUB 2). */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { addHtml } from '../html/htmlReader.ts';
import { htmlText } from '../html/htmlText.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { guarded, ProblemError } from '../problem.ts';
import { attribute, parseXml, type Attributes } from '../xml/parseXml.ts';
import { Zip } from '../zip/zip.ts';
import { contentsOf } from './contents.ts';
import { pathWithin } from './pathWithin.ts';

const SHOWN = new Set(['creator', 'contributor', 'subject', 'description', 'publisher', 'date']);
/** Encryption of fonts only keeps other programs from using them; the text is not affected. */
const OBFUSCATED_FONT = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC/u;
/** Some books declare their pages as XML, and pictures may stand in the reading order too. */
const PAGE = /^(?:text\/|application\/(?:xhtml|xml|html|x-dtbook))/u;

interface ManifestItem {
  readonly path: string;
  readonly type: string;
}

export const readEpub = guarded((bytes: Uint8Array, options: ReadOptions): ReadResult => {
  const zip = new Zip(bytes, options.budget);
  if (isProtected(zip)) throw new ProblemError('drm', 'encryption.xml');
  const packagePath = packageOf(zip);
  const opf = packagePath === null ? null : zip.read(packagePath);
  if (packagePath === null || opf === null) throw new ProblemError('damaged', 'no package document');
  const builder = new DocumentBuilder();
  const { spine, manifest } = readPackage(builder, opf, packagePath.replace(/[^/]*$/u, ''));
  const labels = contentsOf(zip, [...manifest.values()]);
  // A reading order names no page twice; a damaged one may.
  [...new Set(spine)].forEach((id, i) => {
    const item = manifest.get(id);
    if (item !== undefined && PAGE.test(item.type)) addChapter(builder, zip, item.path, i + 1, labels);
  });
  return finishDocument(builder, zip);
});

function addChapter(
  builder: DocumentBuilder,
  zip: Zip,
  path: string,
  section: number,
  labels: ReadonlyMap<string, string>,
): void {
  const bytes = zip.read(path);
  if (bytes === null || builder.full) return;
  const { text } = htmlText(bytes);
  builder.at({ kind: 'section', section, paragraph: 1 });
  const label = labels.get(path);
  const hasHeading = /<h[1-6][\s>]/iu.test(text);
  if (label !== undefined && !hasHeading) builder.heading(1, label);
  // The title of a page repeats that of the book or the chapter; the document's title is the book's.
  const page = text.replace(/<title[^>]{0,1000}>[^<]{0,10000}<\/title>/iu, '');
  addHtml(builder, page, { onParagraph: paragraph => builder.at({ kind: 'section', section, paragraph }) });
}

function packageOf(zip: Zip): string | null {
  const container = zip.read('META-INF/container.xml');
  let path: string | null = null;
  const open = (name: string, attributes: Attributes): void => {
    if (name === 'rootfile') path ??= attribute(attributes, 'full-path');
  };
  if (container !== null) parseXml(container, { open });
  return path ?? [...zip.names].find(name => name.endsWith('.opf')) ?? null;
}

function readPackage(
  builder: DocumentBuilder,
  opf: Uint8Array,
  folder: string,
): { readonly spine: readonly string[]; readonly manifest: ReadonlyMap<string, ManifestItem> } {
  const manifest = new Map<string, ManifestItem>();
  const spine: string[] = [];
  let text = '';
  parseXml(opf, {
    open: (name, attributes) => {
      text = '';
      if (name === 'item') {
        const path = pathWithin(folder, attribute(attributes, 'href'));
        manifest.set(attribute(attributes, 'id'), { path, type: attribute(attributes, 'media-type') });
      } else if (name === 'itemref') spine.push(attribute(attributes, 'idref'));
    },
    text: value => (text += value),
    close: (name, raw) => {
      if (!raw.startsWith('dc:')) return;
      if (name === 'title') builder.title(text);
      if (name === 'title' || SHOWN.has(name)) builder.metadata(name, text);
      if (name === 'subject') builder.keyword(text);
    },
  });
  return { spine, manifest };
}

function isProtected(zip: Zip): boolean {
  const encryption = zip.read('META-INF/encryption.xml');
  let found = false;
  const open = (name: string, attributes: Attributes): void => {
    if (name === 'EncryptionMethod' && !OBFUSCATED_FONT.test(attribute(attributes, 'Algorithm')))
      found = true;
  };
  if (encryption !== null) parseXml(encryption, { open });
  return found;
}
