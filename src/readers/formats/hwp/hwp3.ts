/**
 * HWP 3 (Hangul 97 and before). kordoc knows its characters: an older code of combined syllables with its own symbols.
 */
import { parseHwp3 } from 'kordoc';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import type { Cell, Inset, Paragraph } from './paragraphs.ts';
import { plainParagraph } from './paragraphs.ts';
import { SectionRenderer } from './render.ts';
import { addProperties } from './summary.ts';

type Parsed = Extract<Awaited<ReturnType<typeof parseHwp3>>, { success: true }>;
type KordocBlock = Parsed['blocks'][number];

export async function readHwp3(bytes: Uint8Array): Promise<ReadResult> {
  const parsed = await parseHwp3(Uint8Array.from(bytes).buffer);
  if (!parsed.success) {
    if (parsed.code === 'ENCRYPTED') return { problem: 'encrypted' };
    return { problem: 'damaged', detail: parsed.code ?? 'HWP 3' };
  }
  const builder = new DocumentBuilder();
  const { metadata } = parsed;
  addProperties(builder, {
    title: metadata?.title,
    author: metadata?.author,
    created: metadata?.createdAt,
    keywords: metadata?.keywords?.join(', '),
    comments: metadata?.description,
  });
  const renderer = new SectionRenderer(builder);
  renderer.section();
  for (const block of parsed.blocks) {
    if (builder.full) break;
    renderer.paragraph(paragraphOf(block));
  }
  return builder.finish();
}

function paragraphOf(block: KordocBlock): Paragraph {
  const { text = '', table, footnoteText = '', children = [] } = block;
  const after: Inset[] = [];
  if (table !== undefined) {
    const rows = table.cells.map(row =>
      row.map(({ text: cell }): Cell => cell.split('\n').map(plainParagraph)),
    );
    after.push({ kind: 'table', caption: [], rows });
  }
  if (footnoteText !== '') after.push({ kind: 'story', paragraphs: [plainParagraph(footnoteText)] });
  if (children.length > 0) after.push({ kind: 'story', paragraphs: children.map(paragraphOf) });
  return { text, level: block.type === 'heading' ? (block.level ?? 1) : 0, before: [], after };
}
