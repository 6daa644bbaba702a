/** HWP 5: an OLE container of compressed streams of records. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { CompoundFile } from '../compoundFile.ts';
import { inflateRaw, UnpackLimit } from '../unpacking.ts';
import { readSection } from './hwp5Section.ts';
import { NUMBER_SHAPES, type NumberLevel } from './numbering.ts';
import { Outline } from './outline.ts';
import { recordsOf, stringAt, TAG, unitsOf } from './records.ts';
import { SectionRenderer } from './render.ts';
import { addProperties, summaryOf } from './summary.ts';

/** Bits of the file header's properties (3.2.1). */
const COMPRESSED = 1;
const PASSWORD = 1 << 1;
const DISTRIBUTION = 1 << 2;
const DRM = 1 << 4;
const CERTIFICATE = 1 << 8;
const CERTIFICATE_DRM = 1 << 10;

const SIGNATURE = 'HWP Document File';

export function readHwp5(bytes: Uint8Array): ReadResult {
  const file = new CompoundFile(bytes);
  const header = file.stream('FileHeader');
  if (header === null || !new TextDecoder('latin1').decode(header.subarray(0, 32)).startsWith(SIGNATURE))
    return { problem: 'damaged', detail: 'an OLE file without the header of HWP' };
  const flags = header.length >= 40 ? new DataView(header.buffer, header.byteOffset).getUint32(36, true) : 0;
  if ((flags & (PASSWORD | CERTIFICATE)) !== 0) return { problem: 'encrypted' };
  if ((flags & (DRM | CERTIFICATE_DRM)) !== 0) return { problem: 'drm' };
  if ((flags & DISTRIBUTION) !== 0) return { problem: 'distribution' };
  const limit = new UnpackLimit();
  const read = (path: string): Uint8Array | null => {
    const stream = file.stream(path);
    if (stream === null || (flags & COMPRESSED) === 0) return stream;
    return inflateRaw(stream, limit);
  };
  const builder = new DocumentBuilder();
  const summary = file.stream('\u0005HwpSummaryInformation');
  if (summary !== null) addProperties(builder, summaryOf(summary));
  const sections = sectionPaths(file.paths);
  if (sections.length === 0) return previewOf(file, builder);
  const outline = outlineOf(read('DocInfo') ?? new Uint8Array());
  const renderer = new SectionRenderer(builder);
  let unpacked = 0;
  for (const path of sections) {
    if (builder.full) break;
    renderer.section();
    const section = read(path) ?? new Uint8Array();
    unpacked += section.length;
    readSection(section, outline, {
      paragraph: paragraph => renderer.paragraph(paragraph),
      keyword: word => builder.keyword(word),
      isFull: () => builder.full,
    });
  }
  return unpacked > 0 ? builder.finish() : previewOf(file, builder);
}

function sectionNumber(path: string): number {
  return Number(/\d+$/u.exec(path)![0]);
}

/** `BodyText/Section0` and so on, in order; by their own names where the storage is lost. */
function sectionPaths(paths: readonly string[]): string[] {
  const found = paths.filter(path => /^(?:BodyText\/)?Section\d+$/iu.test(path));
  return found.sort((a, b) => sectionNumber(a) - sectionNumber(b));
}

function outlineOf(docInfo: Uint8Array): Outline {
  const outline = new Outline();
  let shapes = 0;
  let styles = 0;
  let numberings = 0;
  for (const { tag, view } of recordsOf(docInfo)) {
    if (tag === TAG.paraShape) {
      const properties = view.byteLength >= 4 ? view.getUint32(0, true) : 0;
      // Bits 23 and 24: kind of the paragraph's head, 1: the outline, 2: a number; 25 to 27: its level.
      const kind = (properties >>> 23) & 3;
      const level = ((properties >>> 25) & 7) + 1;
      if (kind === 1) outline.addShape(shapes, level);
      else if (kind === 2 && view.byteLength >= 32)
        outline.addNumberedShape(shapes, level, view.getUint16(30, true));
      shapes++;
    } else if (tag === TAG.numbering) {
      outline.addNumbering(++numberings, numberLevelsOf(view));
    } else if (tag === TAG.style) {
      const korean = stringAt(view, 0);
      outline.addStyle(styles, [korean.text, stringAt(view, korean.end).text]);
      styles++;
    }
  }
  return outline;
}

/** Seven levels: twelve bytes of properties, then the format; after all of them where each begins (4.2.8). */
function numberLevelsOf(view: DataView): NumberLevel[] {
  const levels: NumberLevel[] = [];
  let at = 0;
  for (let level = 0; level < 7 && at + 14 <= view.byteLength; level++) {
    const shape = NUMBER_SHAPES[(view.getUint32(at, true) >>> 5) & 15] ?? 'DIGIT';
    const { text: format, end } = stringAt(view, at + 12);
    levels.push({ format, shape, start: 1 });
    at = end;
  }
  const starts = at + 2;
  return levels.map((level, i) => {
    const start = starts + 4 * i + 4 <= view.byteLength ? view.getUint32(starts + 4 * i, true) : 1;
    return { ...level, start: start > 0 && start < 10_000 ? start : 1 };
  });
}

/** The text that file managers show: the first page or so, all that is left of a document without its sections. */
function previewOf(file: CompoundFile, builder: DocumentBuilder): ReadResult {
  const preview = file.stream('PrvText');
  const text =
    preview === null
      ? ''
      : unitsOf(new DataView(preview.buffer, preview.byteOffset, preview.length), 0, preview.length);
  if (text.trim() === '') return { problem: 'damaged', detail: 'no section' };
  builder.block('paragraph', text);
  return {
    ...builder.finish(),
    isCut: true,
    remark: { reason: 'damaged', detail: 'only the preview is left' },
  };
}
