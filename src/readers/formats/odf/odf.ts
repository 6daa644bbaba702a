/** OpenDocument texts, sheets and presentations, zipped or flat (OpenDocument 1.3, part 3). */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { looksLikeOle } from '../ole/ole.ts';
import { unwrapOle } from '../ole/unwrapOle.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { addProperties } from '../ooxml/properties.ts';
import { ProblemError } from '../problem.ts';
import { parseXml } from '../xml/parseXml.ts';
import { Zip } from '../zip/zip.ts';
import { OdfBody } from './body.ts';
import { paragraphStyles } from './styles.ts';

export async function readOdf(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const zip = new Zip(bytes, options.budget);
  if (isEncrypted(zip)) throw new ProblemError('encrypted', 'manifest');
  const content = zip.read('content.xml');
  if (content === null) throw new ProblemError('damaged', 'no content.xml');
  const builder = new DocumentBuilder();
  const meta = zip.read('meta.xml');
  if (meta !== null) addProperties(builder, meta);
  addBody(builder, content, zip.read('styles.xml'));
  // Charts and formulas are documents of their own beside this one.
  for (const name of zip.names)
    if (/^Object [^/]*\/content\.xml$/u.test(name)) addBody(builder, zip.read(name)!, null);
  const files = new EmbeddedFiles(options, zip.budget);
  for (const name of zip.names) {
    if (!/^(?:Object|ObjectReplacements\/..\/)[^/]*$/u.test(name)) continue;
    const part = zip.read(name);
    const file = part !== null && looksLikeOle(part) ? unwrapOle(name, part) : null;
    if (file !== null) files.add(file.name, file.bytes);
  }
  await files.appendTo(builder);
  return finishDocument(builder, zip);
}

/** Flat files, which have all parts in one XML file: `.fodt`, `.fods`, `.fodp`. */
export function readFlatOdf(bytes: Uint8Array): ReadResult {
  const builder = new DocumentBuilder();
  addProperties(builder, bytes, 'meta');
  addBody(builder, bytes, bytes);
  return builder.finish();
}

function addBody(builder: DocumentBuilder, content: Uint8Array, styles: Uint8Array | null): void {
  const body = new OdfBody(builder, paragraphStyles(content, styles));
  parseXml(content, body.within('body'), () => builder.full);
  body.finish();
  if (styles === null) return;
  const printed = new OdfBody(builder, new Map());
  parseXml(
    styles,
    printed.within('header', 'footer', 'header-left', 'footer-left', 'header-first', 'footer-first'),
  );
  printed.finish();
}

function isEncrypted(zip: Zip): boolean {
  const manifest = zip.read('META-INF/manifest.xml');
  let found = false;
  if (manifest !== null) parseXml(manifest, { open: name => void (found ||= name === 'encryption-data') });
  return found;
}
