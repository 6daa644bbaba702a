/** E-mail (`.eml`) and web pages saved as mail (`.mht`): subject, people, date, body, attachments one level deep. */
import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { blocksOfPlainText } from '../../../text/paragraphs.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { addHtml } from '../html/htmlReader.ts';
import { guarded, ProblemError } from '../problem.ts';
import { markKorean, unmarkKorean } from './koreanCharsets.ts';

/** Maximum nesting of parts; mail that people write has five or six levels. */
const MAX_NESTING = 64;
const MAX_HEADERS = 1024 * 1024;
/** A file that does not begin with such a line is not mail. */
const HEADER = /^[\w-]+:[^\n]*\n/u;

export const readMail = guarded(async (bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> => {
  const head = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\s|>?From [^\n]*\n)+/u, '');
  if (!HEADER.test(head)) throw new ProblemError('damaged', 'no headers');
  const marked = markKorean(bytes);
  const korean = (text: string): string => (marked.isMarked ? unmarkKorean(text) : text);
  const mail = await PostalMime.parse(marked.bytes, {
    attachmentEncoding: 'arraybuffer',
    maxNestingDepth: MAX_NESTING,
    maxHeadersSize: MAX_HEADERS,
  });
  const builder = new DocumentBuilder();
  const subject = korean(mail.subject ?? '');
  builder.title(subject);
  builder.metadata('subject', subject);
  builder.metadata('from', korean(peopleText(mail.from === undefined ? [] : [mail.from])));
  for (const name of ['to', 'cc', 'bcc', 'replyTo'] as const)
    builder.metadata(name, korean(peopleText(mail[name] ?? [])));
  builder.metadata('date', mail.date?.replace(/T.*$/u, '') ?? '');
  const names = mail.attachments.map(({ filename }) => korean(filename ?? ''));
  builder.metadata('attachments', names.filter(name => name !== '').join(', '));
  builder.at({ kind: 'section', section: 1, paragraph: 1 });
  if (mail.html !== undefined && mail.html.trim() !== '') addHtml(builder, korean(mail.html));
  else addText(builder, korean(mail.text ?? ''));
  const files = new EmbeddedFiles(options);
  mail.attachments.forEach((attachment, i) =>
    files.add(fileName(attachment, names[i]!), contentOf(attachment)),
  );
  await files.appendTo(builder);
  return builder.finish();
});

function addText(builder: DocumentBuilder, text: string): void {
  for (const { kind, start, end } of blocksOfPlainText(text).blocks)
    builder.block(kind, text.slice(start, end));
}

function peopleText(people: readonly Address[]): string {
  return people
    .flatMap(person => [person, ...(person.group ?? [])])
    .map(({ name, address }) =>
      [name, address === undefined || address === '' ? '' : `<${address}>`]
        .filter(part => part !== '')
        .join(' '),
    )
    .join(', ');
}

/** A message within a message often has no name. */
function fileName({ mimeType }: Attachment, name: string): string {
  return name === '' && mimeType === 'message/rfc822' ? 'message.eml' : name;
}

function contentOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
}
