/** Rich Text Format (RTF 1.9.1). We parse it ourselves: no maintained library for Node knows Korean code pages. */
import iconv from 'iconv-lite';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { RtfText } from './rtfText.ts';
import { rtfTokens } from './tokens.ts';

export async function readRtf(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const builder = new DocumentBuilder();
  const text = new RtfText(builder, (page, part) => iconv.decode(Buffer.from(part), page));
  for (const token of rtfTokens(bytes)) {
    if (builder.full) break;
    text.token(token);
  }
  text.finish();
  const files = new EmbeddedFiles(options);
  for (const { name, data } of text.objects) files.add(name, data);
  await files.appendTo(builder);
  return builder.finish();
}
