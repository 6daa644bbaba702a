/** Web pages: `.html`, `.htm`, `.xhtml`, and subtitles that are written like one (SAMI). */
import type { Location } from '../../../domain/location.ts';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { guarded } from '../problem.ts';
import { timeOf } from '../text/subtitles.ts';
import { addHtml } from './htmlReader.ts';
import { htmlText } from './htmlText.ts';

export function readHtmlPage(bytes: Uint8Array, options: ReadOptions): ReadResult {
  const { text, encoding, replaced } = htmlText(bytes, options.encoding);
  const builder = new DocumentBuilder();
  builder.at({ kind: 'section', section: 1, paragraph: 1 });
  let said: Location | null = null;
  const isWhole = addHtml(builder, text, {
    onParagraph: paragraph => builder.at(said ?? { kind: 'section', section: 1, paragraph }),
    onSync: milliseconds => (said = timeOf(milliseconds / 1000)),
  });
  const document = { ...builder.finish(), encoding, replaced };
  return isWhole ? document : { ...document, remark: { reason: 'partlyUnreadable', detail: 'nesting' } };
}

export const readHtml = guarded(readHtmlPage);
