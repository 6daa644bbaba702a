/** What the parts of an Office document say in their text runs, by plain patterns: the other side of a comparison. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

interface Runs {
  readonly parts: RegExp;
  /** Elements, with their prefixes, whose text is read. */
  readonly elements: string;
  /** Elements at whose borders a word ends. */
  readonly breaks: string;
}

const RUNS: Readonly<Record<string, Runs>> = {
  '.docx': {
    parts:
      /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$|^word\/(?:charts|diagrams)\/(?:chart|data)\d*\.xml$/u,
    elements: 'w:t|w:delText|a:t',
    breaks: 'w:p|w:tab|w:br|w:cr|a:p|w:tc|w:rt|w:rubyBase',
  },
  '.pptx': {
    parts: /^ppt\/(?:slides|notesSlides|comments|charts)\/[^/]+\.xml$|^ppt\/diagrams\/data\d*\.xml$/u,
    elements: 'a:t|p:text',
    breaks: 'a:p|a:br|p:text|a:tc|c:v',
  },
  '.xlsx': {
    parts:
      /^xl\/(?:sharedStrings|worksheets\/[^/]+|comments\d*|drawings\/drawing\d*|charts\/chart\d*)\.xml$/u,
    elements: 't|x:t|a:t',
    breaks: 'si|sstItem|is|rPh|x:si|x:is|x:rPh|a:p|comment',
  },
  '.odt': {
    parts: /^(?:content|styles)\.xml$/u,
    elements: '',
    breaks: 'text:p|text:h|text:tab|text:s|text:line-break|dc:creator|text:note-citation',
  },
  '.hwpx': {
    parts: /^Contents\/section\d+\.xml$/u,
    elements: 'hp:t',
    breaks: 'hp:p|hp:tbl|hp:tab|hp:lineBreak|hp:nbSpace|hp:fwSpace|hp:subList',
  },
  '.epub': { parts: /\.x?html?$/iu, elements: '', breaks: 'p|h\\d|li|td|th|div|br|title|dt|dd|tr' },
};

export function hasTextRuns(extension: string): boolean {
  return extension in RUNS;
}

/** Null where the file is no archive. */
export function textRunsOf(file: string, extension: string): string | null {
  const runs = RUNS[extension]!;
  try {
    const parts = unzipSync(readFileSync(file), { filter: ({ name }) => runs.parts.test(name) });
    return Object.values(parts)
      .map(part => textOf(decoded(part), runs))
      .join('\n');
  } catch {
    return null;
  }
}

/** All text of a page; words end at the borders of these elements. */
export function withoutTags(html: string, breaks: string): string {
  return textOf(html, { parts: /./u, elements: '', breaks });
}

function decoded(part: Uint8Array): string {
  const encoding = part[0] === 0xff ? 'utf-16le' : part[0] === 0xfe ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(part);
}

function textOf(xml: string, { elements, breaks }: Runs): string {
  const broken = xml
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/giu, ' ')
    // The same once more, for older programs.
    .replace(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/gu, ' ')
    // When somebody changed something is no text.
    .replace(/<(dc:date|meta:date-string)>[^<]*<\/\1>/gu, ' ')
    .replace(new RegExp(`</?(?:${breaks})(?:\\s[^>]*)?/?>`, 'giu'), ' $& ');
  if (elements === '') return unescaped(broken.replace(/<[^>]*>/gu, ''));
  // Text of the named elements, and the blanks that were put at ends of paragraphs.
  const found = broken.matchAll(
    new RegExp(`<(${elements})(?:\\s[^>]*)?>([\\s\\S]*?)</\\1>|(\\s)(?=<)`, 'gu'),
  );
  let text = '';
  for (const [, , run, blank] of found) text += run ?? blank ?? '';
  // Excel's own way to write control characters.
  return unescaped(text.replace(/<[^>]*>/gu, '').replace(/_x00[01][\dA-F]_/giu, ' '));
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/giu, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
}
