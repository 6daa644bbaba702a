/** HWP 5: an OLE container of compressed streams of records. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { Ole } from '../ole/ole.ts';
import { inflateWithin } from '../zip/inflate.ts';
import { UnpackBudget } from '../zip/unpackBudget.ts';
import { readSection } from './hwp5Section.ts';
import { NUMBER_SHAPES, type NumberLevel } from './numbering.ts';
import { Outline } from './outline.ts';
import { recordsOf, stringAt, TAG, unitsOf } from './records.ts';
import { SectionRenderer } from './render.ts';
import { scatteredSections } from './salvage.ts';
import { addProperties, summaryOf } from './summary.ts';

/** Bits of the file header's properties (3.2.1). */
const COMPRESSED = 1;
const PASSWORD = 1 << 1;
const DISTRIBUTION = 1 << 2;
const DRM = 1 << 4;
const CERTIFICATE = 1 << 8;
const CERTIFICATE_DRM = 1 << 10;

const SIGNATURE = 'HWP Document File';

export function readHwp5(bytes: Uint8Array, { budget = new UnpackBudget() }: ReadOptions): ReadResult {
  const ole = new Ole(bytes);
  const header = headerOf(ole, bytes);
  const flags = header !== null && header.length >= 40 ? header.readUInt32LE(36) : COMPRESSED;
  if ((flags & (PASSWORD | CERTIFICATE)) !== 0) return { problem: 'encrypted' };
  if ((flags & (DRM | CERTIFICATE_DRM)) !== 0) return { problem: 'drm' };
  if ((flags & DISTRIBUTION) !== 0) return { problem: 'distribution' };
  const read = (path: string): Uint8Array => {
    const stream = ole.stream(path) ?? new Uint8Array();
    return (flags & COMPRESSED) === 0 ? stream : inflateWithin(stream, budget);
  };
  const builder = new DocumentBuilder();
  const summary = ole.stream('\u0005HwpSummaryInformation');
  if (summary !== null) addProperties(builder, summaryOf(summary));
  const outline = outlineOf(read('DocInfo'));
  const sections = header === null ? [] : sectionPaths(ole.paths);
  if (addSections(builder, outline, sections, read)) return builder.finish();
  if (addSections(builder, outline, scatteredSections(bytes, budget), section => section))
    return { ...builder.finish(), remark: { reason: 'partlyUnreadable', detail: 'without its directory' } };
  if (header === null) return { problem: 'damaged', detail: 'an OLE file without the header of HWP' };
  return previewOf(ole, builder);
}

/** Where its stream is lost, what looks like it. */
function headerOf(ole: Ole, bytes: Uint8Array): Buffer | null {
  const header = ole.stream('FileHeader');
  if (header?.toString('latin1', 0, 32).startsWith(SIGNATURE) === true) return header;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = file.indexOf(SIGNATURE, 512, 'latin1');
  return at === -1 ? null : file.subarray(at, at + 256);
}

/** False where there is nothing in any of them. */
function addSections<T>(
  builder: DocumentBuilder,
  outline: Outline,
  sections: readonly T[],
  read: (section: T) => Uint8Array,
): boolean {
  const renderer = new SectionRenderer(builder);
  let unpacked = 0;
  for (const section of sections) {
    if (builder.full) break;
    renderer.section();
    const stream = read(section);
    unpacked += stream.length;
    readSection(stream, outline, {
      paragraph: paragraph => renderer.paragraph(paragraph),
      keyword: word => builder.keyword(word),
      isFull: () => builder.full,
    });
  }
  return unpacked > 0;
}

function sectionNumber(path: string): number {
  return Number(/\d+$/u.exec(path)![0]);
}

/** `BodyText/Section0` and so on, in order; by their own names where the storage is lost. */
function sectionPaths(paths: Iterable<string>): string[] {
  const found = [...paths].filter(path => /^(?:BodyText\/)?Section\d+$/iu.test(path));
  return found.sort((a, b) => sectionNumber(a) - sectionNumber(b));
}

function outlineOf(docInfo: Uint8Array): Outline {
  const outline = new Outline();
  let shapes = 0;
  let styles = 0;
  let numberings = 0;
  let bullets = 0;
  for (const { tag, view } of recordsOf(docInfo)) {
    if (tag === TAG.paraShape) {
      const properties = view.byteLength >= 4 ? view.getUint32(0, true) : 0;
      // Bits 23 and 24: kind of the paragraph's head, 1: the outline, 2: a number, 3: a bullet; 25 to 27: its level.
      const kind = (properties >>> 23) & 3;
      const level = ((properties >>> 25) & 7) + 1;
      if (kind === 1) outline.addShape(shapes, level);
      else if (kind === 2 && view.byteLength >= 32)
        outline.addNumberedShape(shapes, level, view.getUint16(30, true));
      else if (kind === 3 && view.byteLength >= 32)
        outline.addBulletedShape(shapes, view.getUint16(30, true));
      shapes++;
    } else if (tag === TAG.numbering) {
      outline.addNumbering(++numberings, numberLevelsOf(view));
    } else if (tag === TAG.bullet) {
      // Twelve bytes of properties, then the sign (4.2.9).
      outline.addBullet(++bullets, unitsOf(view, 12, 14));
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
function previewOf(ole: Ole, builder: DocumentBuilder): ReadResult {
  const preview = ole.stream('PrvText');
  const text =
    preview === null
      ? ''
      : unitsOf(new DataView(preview.buffer, preview.byteOffset, preview.length), 0, preview.length);
  if (text.trim() === '') return { problem: 'damaged', detail: 'no section' };
  builder.block('paragraph', text);
  return {
    ...builder.finish(),
    isCut: true,
    remark: { reason: 'partlyUnreadable', detail: 'only the preview is left' },
  };
}
