/** What is written on a page: comments, text boxes, values of form fields. */
import type { PdfPage } from './library.ts';

/** As pdf.js gives an annotation; what it has depends on its kind. */
interface Annotation {
  readonly id?: string;
  readonly subtype?: string;
  readonly contentsObj?: { readonly str?: string };
  readonly titleObj?: { readonly str?: string };
  readonly textContent?: readonly string[] | null;
  readonly richText?: { readonly str?: string } | null;
  readonly fieldValue?: unknown;
  readonly alternativeText?: string;
  readonly options?: readonly { readonly displayValue?: unknown }[];
  readonly buttonValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly pushButton?: boolean;
  readonly file?: { readonly filename?: string };
}

/** Operators of pdf.js (`OPS`). */
const [SHOW_TEXT, BEGIN_ANNOTATION, END_ANNOTATION] = [44, 80, 81];

/** Each once; '' is left out. */
export async function annotationTexts(page: PdfPage): Promise<string[]> {
  const texts = new Set<string>();
  const annotations = (await page.getAnnotations()) as Annotation[];
  const buttons = new Set(
    annotations.flatMap(({ pushButton, id = '' }) => (pushButton === true ? [id] : [])),
  );
  const none: ReadonlyMap<string, string> = new Map();
  const captions = buttons.size > 0 ? await captionsOf(page, buttons).catch(() => none) : none;
  for (const annotation of annotations)
    for (const text of [...textsOf(annotation), captions.get(annotation.id ?? '') ?? ''])
      if (text.trim() !== '') texts.add(text.replace(/[ \t]+/gu, ' ').trim());
  return [...texts];
}

/** A button's caption is only drawn: the letters that are shown between the beginning and the end of its drawing. */
async function captionsOf(page: PdfPage, buttons: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const captions = new Map<string, string>();
  let open: string | null = null;
  for (const [i, operator] of fnArray.entries()) {
    const args = (argsArray[i] ?? []) as readonly unknown[];
    if (operator === BEGIN_ANNOTATION) open = buttons.has(String(args[0])) ? String(args[0]) : null;
    else if (operator === END_ANNOTATION) open = null;
    else if (operator === SHOW_TEXT && open !== null) {
      const before = captions.get(open);
      captions.set(open, `${before === undefined ? '' : `${before} `}${lettersOf(args[0])}`);
    }
  }
  return captions;
}

/** Glyphs, and numbers between them that move what comes next: far to the left is a blank. */
function lettersOf(glyphs: unknown): string {
  if (!Array.isArray(glyphs)) return '';
  return (glyphs as (number | { readonly unicode?: string } | null)[])
    .map(glyph => (typeof glyph === 'number' ? (glyph < -200 ? ' ' : '') : (glyph?.unicode ?? '')))
    .join('');
}

function* textsOf(annotation: Annotation): Generator<string> {
  const { subtype, textContent, fieldValue, options } = annotation;
  const drawn = textContent?.join('\n') ?? '';
  yield drawn;
  const contents = annotation.contentsObj?.str ?? annotation.richText?.str ?? '';
  if (squeezed(contents) !== squeezed(drawn)) yield contents;
  if (subtype === 'Popup' || contents !== '') yield annotation.titleObj?.str ?? '';
  if (annotation.file?.filename !== undefined) yield annotation.file.filename;
  if (subtype !== 'Widget') return;
  yield annotation.alternativeText ?? '';
  const isButton = annotation.checkBox === true || annotation.radioButton === true;
  if (!isButton) for (const value of [fieldValue].flat()) if (typeof value === 'string') yield value;
  for (const { displayValue } of options ?? []) if (typeof displayValue === 'string') yield displayValue;
}

function squeezed(text: string): string {
  return text.replace(/\s+/gu, '');
}
