/** Documents of a few lines, built in tests: the parts that a format needs, and those that a test is about. */
import assert from 'node:assert/strict';
import { strToU8, zipSync, type Zippable } from 'fflate';
import {
  readerFor,
  type ReadDocument,
  type ReadOptions,
  type ReadResult,
} from '../../../src/readers/readers.ts';

export type Parts = Readonly<Record<string, string | Uint8Array>>;

export function zipped(parts: Parts): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts))
    files[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(files);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** `target` with `External:` before it leads out of the package. */
export function relations(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const items = list.map(([id, type, target]) => {
    const isExternal = target.startsWith('External:');
    const mode = isExternal ? ' TargetMode="External"' : '';
    return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target.replace('External:', '')}"${mode}/>`;
  });
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}

/** `body`: what stands in `w:body`. */
export function docx(body: string, parts: Parts = {}): Uint8Array {
  return zipped({
    '_rels/.rels': relations([['r1', 'officeDocument', 'word/document.xml']]),
    'word/document.xml': `<w:document xmlns:w="w" xmlns:r="r" xmlns:mc="mc" xmlns:wp="wp"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
}

/** A paragraph of a Word document. */
export function p(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** `slides`: what stands in each one's `p:spTree`; relations of slide n are `ppt/slides/_rels/slide<n>.xml.rels`. */
export function pptx(slides: readonly string[], parts: Parts = {}): Uint8Array {
  const ids = slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="s${i + 1}"/>`).join('');
  return zipped({
    '_rels/.rels': relations([['r1', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${ids}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, i) => [`s${i + 1}`, 'slide', `slides/slide${i + 1}.xml`] as const),
    ),
    ...Object.fromEntries(
      slides.map((tree, i) => [
        `ppt/slides/slide${i + 1}.xml`,
        `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:cSld><p:spTree>${tree}</p:spTree></p:cSld></p:sld>`,
      ]),
    ),
    ...parts,
  });
}

/** A shape of a slide, a paragraph a line. */
export function shape(lines: readonly string[], placeholder?: string): string {
  const ph = placeholder === undefined ? '' : `<p:nvPr><p:ph type="${placeholder}"/></p:nvPr>`;
  const body = lines.map(line => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('');
  return `<p:sp><p:nvSpPr>${ph}</p:nvSpPr><p:txBody>${body}</p:txBody></p:sp>`;
}

/** `sheets`: name and what stands in `sheetData`, and after it. */
export function xlsx(
  sheets: readonly (readonly [name: string, data: string, after?: string])[],
  parts: Parts = {},
): Uint8Array {
  const list = sheets
    .map(([name], i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}"/>`)
    .join('');
  return zipped({
    '_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, i) => [`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['st', 'styles', 'styles.xml'],
      ['ss', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    ...Object.fromEntries(
      sheets.map(([, data, after = ''], i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet xmlns:r="r"><sheetData>${data}</sheetData>${after}</worksheet>`,
      ]),
    ),
    ...parts,
  });
}

/** `body`: what stands in `office:body`. */
export function odf(body: string, parts: Parts = {}): Uint8Array {
  return zipped({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="ta" xmlns:draw="d" xmlns:xlink="x"><office:body>${body}</office:body></office:document-content>`,
    ...parts,
  });
}

export async function readResult(
  name: string,
  bytes: Uint8Array,
  options?: ReadOptions,
): Promise<ReadResult> {
  const reader = await readerFor(name);
  assert.ok(reader !== null, `no reader for ${name}`);
  return reader(bytes, options);
}

export async function readDocument(name: string, bytes: Uint8Array): Promise<ReadDocument> {
  const result = await readResult(name, bytes);
  assert.ok(!('problem' in result), JSON.stringify(result));
  checkShape(result);
  return result;
}

/** What holds for every document, whatever its format. */
export function checkShape({ text, blocks, places }: ReadDocument): void {
  assert.equal(places[0]?.start, 0);
  places.forEach(({ start }, i) => assert.ok(i === 0 || start >= places[i - 1]!.start));
  let last = 0;
  for (const { start, end } of blocks) {
    assert.ok(start >= last && end > start && end <= text.length, `block ${start}-${end} after ${last}`);
    assert.notEqual(text.slice(start, end).trim(), '');
    last = end;
  }
}

/** Blocks as `kind trail | text`. */
export function blocksOf({ text, blocks }: ReadDocument): string[] {
  return blocks.map(
    ({ kind, start, end, headings }) => `${[kind, ...headings].join(' > ')} | ${text.slice(start, end)}`,
  );
}

/** Where the text `needle` stands. */
export function placeOf({ text, places }: ReadDocument, needle: string): unknown {
  const at = text.indexOf(needle);
  assert.ok(at !== -1, `${needle} is not in the text`);
  return places.filter(({ start }) => start <= at).at(-1)?.location;
}
