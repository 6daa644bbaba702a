import type { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import type { Zip } from '../zip/zip.ts';

/** A document whose file was cut off is read as far as it goes and says so; without any text it is damaged. */
export function finishDocument(builder: DocumentBuilder, zip: Zip): ReadResult {
  const document = builder.finish();
  if (!zip.isCutOff) return document;
  if (document.text.trim() === '') return { problem: 'damaged', detail: 'cut off' };
  return { ...document, remark: { reason: 'partlyUnreadable', detail: 'cut off' } };
}
