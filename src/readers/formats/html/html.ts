/** Web pages: `.html`, `.htm`, `.xhtml`. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { guarded } from '../problem.ts';
import { addHtml } from './htmlReader.ts';
import { htmlText } from './htmlText.ts';

export function readHtmlPage(bytes: Uint8Array, options: ReadOptions): ReadResult {
  const { text, encoding, replaced } = htmlText(bytes, options.encoding);
  const builder = new DocumentBuilder();
  builder.at({ kind: 'section', section: 1, paragraph: 1 });
  const isWhole = addHtml(builder, text, {
    onParagraph: paragraph => builder.at({ kind: 'section', section: 1, paragraph }),
  });
  const document = { ...builder.finish(), encoding, replaced };
  return isWhole ? document : { ...document, remark: { reason: 'partlyUnreadable', detail: 'nesting' } };
}

export const readHtml = guarded(readHtmlPage);
