/** Small PDFs, object by object. */
import { deflateSync } from 'node:zlib';

export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

export interface PdfOptions {
  /** What stands on each page: text in Helvetica, or operators as they are. */
  readonly pages: readonly (readonly PdfText[] | string)[];
  readonly info?: Readonly<Record<string, string>>;
  /** Titles, the number of their page (from 0) and their height there. */
  readonly outline?: readonly { readonly title: string; readonly page: number; readonly top: number }[];
  /** Dictionaries of annotations on the first page. */
  readonly annotations?: readonly string[];
  /** Instead of Helvetica. */
  readonly font?: string;
  /** What pages draw, beside the font: drawings by their names. */
  readonly forms?: Readonly<Record<string, number>>;
  /** More objects; the first has the number that `FIRST_EXTRA` says. */
  readonly extra?: readonly string[];
}

/** Number of the first object of `extra`. */
export const FIRST_EXTRA = 4;

export function pdf({
  pages,
  info,
  outline = [],
  annotations = [],
  font,
  forms = {},
  extra = [],
}: PdfOptions): Uint8Array {
  const objects: string[] = [];
  const firstPage = FIRST_EXTRA + extra.length;
  const pageNumber = (page: number): number => firstPage + 2 * page;
  const firstOutline = firstPage + 2 * pages.length;
  objects.push(
    `<< /Type /Catalog /Pages 2 0 R ${outline.length > 0 ? `/Outlines ${firstOutline} 0 R` : ''} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${pageNumber(i)} 0 R`).join(' ')}] >>`,
    font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...extra,
  );
  for (const [i, page] of pages.entries()) {
    const content = typeof page === 'string' ? page : page.map(operatorsOf).join('\n');
    const notes = i === 0 && annotations.length > 0 ? `/Annots [${annotations.join(' ')}]` : '';
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${pageNumber(i) + 1} 0 R /Resources << /Font << /F1 3 0 R >> ${resourcesOf(forms)} >> ${notes} >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  if (outline.length > 0) {
    const item = (i: number): number => firstOutline + 1 + i;
    objects.push(`<< /Type /Outlines /First ${item(0)} 0 R /Last ${item(outline.length - 1)} 0 R >>`);
    for (const [i, { title, page, top }] of outline.entries()) {
      const next = i + 1 < outline.length ? `/Next ${item(i + 1)} 0 R` : '';
      objects.push(
        `<< /Title (${title}) /Parent ${firstOutline} 0 R /Dest [${pageNumber(page)} 0 R /XYZ 0 ${top} null] ${next} >>`,
      );
    }
  }
  const fields = Object.entries(info ?? {}).map(([name, value]) => `/${name} (${value})`);
  objects.push(`<< ${fields.join(' ')} >>`);
  return written(objects);
}

function resourcesOf(forms: Readonly<Record<string, number>>): string {
  const names = Object.entries(forms).map(([name, number]) => `/${name} ${number} 0 R`);
  return `/XObject << ${names.join(' ')} >>`;
}

/** A drawing (form XObject) with what it draws itself; `resources` null: it has those of whoever draws it. */
export function form(
  content: string,
  resources: Readonly<Record<string, number>> | string | null = {},
  isPacked = false,
): string {
  const own =
    typeof resources === 'string' ? resources : `<< /Font << /F1 3 0 R >> ${resourcesOf(resources ?? {})} >>`;
  return streamObject(
    `/Type /XObject /Subtype /Form /BBox [0 0 600 800] ${resources === null ? '' : `/Resources ${own}`}`,
    Buffer.from(content, 'latin1'),
    isPacked,
  );
}

export function streamObject(dictionary: string, content: Buffer, isPacked = false): string {
  const data = (isPacked ? deflateSync(content) : content).toString('latin1');
  const filter = isPacked ? '/Filter /FlateDecode' : '';
  return `<< ${dictionary} ${filter} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

function operatorsOf({ text, x, y, size = 10 }: PdfText): string {
  return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[()\\]/gu, '\\$&')}) Tj ET`;
}

function written(objects: readonly string[]): Uint8Array {
  let file = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const [i, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${file.length}\n%%EOF`;
  return Uint8Array.from(file + end, character => character.charCodeAt(0));
}

/**
 * A font whose codes 33 on are these characters, of two bytes each: as a Korean one is embedded. With `map` false it
 * says nothing of the letters it draws.
 */
export function mappedFont(characters: string, map = true): Pick<PdfOptions, 'font' | 'extra'> {
  const pairs = [...characters].map((character, i) => {
    const code = (33 + i).toString(16).padStart(4, '0');
    return `<${code}> <${character.charCodeAt(0).toString(16).padStart(4, '0')}>`;
  });
  const cmap = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${pairs.length} beginbfchar ${pairs.join(' ')} endbfchar endcmap end end`;
  return {
    font: `<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /DescendantFonts [4 0 R] ${map ? '/ToUnicode 5 0 R' : ''} >>`,
    extra: [
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R >>',
      `<< /Length ${cmap.length} >>\nstream\n${cmap}\nendstream`,
      '<< /Type /FontDescriptor /FontName /Some /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    ],
  };
}

/** Lines in the font of `mappedFont(characters)`. */
export function mappedLines(
  characters: string,
  lines: readonly { readonly text: string; readonly x: number; readonly y: number }[],
): string {
  return lines
    .map(({ text, x, y }) => {
      const codes = [...text].map(character =>
        (33 + [...characters].indexOf(character)).toString(16).padStart(4, '0'),
      );
      return `BT /F1 10 Tf 1 0 0 1 ${x} ${y} Tm <${codes.join('')}> Tj ET`;
    })
    .join('\n');
}
