/** Turns a document's outline (bookmarks) into headings at their places. */
import type { PdfDocument } from './library.ts';

export interface PdfHeading {
  readonly title: string;
  /** Counts from 1. */
  readonly depth: number;
  /** Counts from 1. */
  readonly page: number;
  /** Height on the page, in its own units; null for its top. */
  readonly top: number | null;
}

type OutlineNode = Awaited<ReturnType<PdfDocument['getOutline']>>[number];

/** Nobody reads more headings; besides, an outline may contain a cycle. */
const MAX_HEADINGS = 20_000;
const MAX_DEPTH = 12;

export async function headingsOf(document: PdfDocument): Promise<PdfHeading[]> {
  const headings: PdfHeading[] = [];
  const roots = ((await document.getOutline()) as OutlineNode[] | null) ?? [];
  const open = roots.map(node => ({ node, depth: 1 })).reverse();
  for (let next = open.pop(); next !== undefined && headings.length < MAX_HEADINGS; next = open.pop()) {
    const { node, depth } = next;
    const place = await placeOf(document, node.dest).catch(() => null);
    if (place !== null && node.title.trim() !== '') headings.push({ title: node.title, depth, ...place });
    if (depth >= MAX_DEPTH) continue;
    const below = (node.items as OutlineNode[]).map(child => ({ node: child, depth: depth + 1 }));
    open.push(...below.reverse());
  }
  return headings;
}

async function placeOf(
  document: PdfDocument,
  target: OutlineNode['dest'],
): Promise<{ readonly page: number; readonly top: number | null } | null> {
  const destination: unknown = typeof target === 'string' ? await document.getDestination(target) : target;
  if (!Array.isArray(destination)) return null;
  const [page, fit, , top] = destination as unknown[];
  const number = typeof page === 'number' ? page : await document.getPageIndex(page as never);
  const kind = (fit as { name?: string } | null)?.name;
  const height = kind === 'XYZ' ? top : kind === 'FitH' || kind === 'FitBH' ? destination[2] : null;
  return { page: number + 1, top: typeof height === 'number' ? height : null };
}
