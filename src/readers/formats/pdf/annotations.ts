/** What is written on a page: comments, text boxes, values of form fields. */
import type { PdfPage } from './library.ts';

/** As pdf.js gives an annotation; what it has depends on its kind. */
interface Annotation {
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
  readonly file?: { readonly filename?: string };
}

/** Each once; '' is left out. */
export async function annotationTexts(page: PdfPage): Promise<string[]> {
  const texts = new Set<string>();
  for (const annotation of (await page.getAnnotations()) as Annotation[])
    for (const text of textsOf(annotation)) if (text.trim() !== '') texts.add(text.trim());
  return [...texts];
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
