/** Turns a PDF's information dictionary into fields. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import type { PdfDocument } from './library.ts';

export async function addPdfProperties(builder: DocumentBuilder, document: PdfDocument): Promise<void> {
  const found = await document.getMetadata().catch(() => null);
  const info = (found?.info ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => {
    const value = info[name];
    return typeof value === 'string' ? value : '';
  };
  builder.title(text('Title'));
  builder.metadata('제목', text('Title'));
  builder.metadata('주제', text('Subject'));
  builder.metadata('지은이', text('Author'));
  builder.metadata('만든 날짜', dayOf(text('CreationDate')));
  builder.metadata('고친 날짜', dayOf(text('ModDate')));
  builder.metadata('찾아볼 말', text('Keywords'));
  for (const keyword of text('Keywords').split(/[,;\n]/u)) builder.keyword(keyword);
  const attachments = (await document.getAttachments().catch(() => null)) as Record<
    string,
    { readonly filename?: string }
  > | null;
  for (const { filename = '' } of Object.values(attachments ?? {})) builder.metadata('첨부', filename);
}

/** `D:20260102…` (ISO 32000, 7.9.4) as a day. */
function dayOf(date: string): string {
  const match = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?/u.exec(date);
  return match === null ? '' : match.slice(1).filter(Boolean).join('-');
}
