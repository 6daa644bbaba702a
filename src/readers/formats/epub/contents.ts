/** The table of contents of a book, which names the chapters that have no heading of their own. */
import { attribute, parseXml } from '../xml/parseXml.ts';
import type { Zip } from '../zip/zip.ts';
import { pathWithin } from './pathWithin.ts';

const NCX = 'application/x-dtbncx+xml';

/** Maps the path of a page to its label; of several labels the first one counts. */
export function contentsOf(
  zip: Zip,
  items: readonly { readonly path: string; readonly type: string }[],
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { path, type } of items) {
    const bytes = type === NCX || /(?:^|\/)(?:nav|toc)\.x?html$/iu.test(path) ? zip.read(path) : null;
    if (bytes === null) continue;
    const folder = path.replace(/[^/]*$/u, '');
    let text = '';
    let target = '';
    parseXml(bytes, {
      open: (name, attributes) => {
        if (name === 'navPoint' || name === 'a') text = '';
        if (name === 'a') target = attribute(attributes, 'href');
        if (name === 'content') add(labels, pathWithin(folder, attribute(attributes, 'src')), text);
      },
      text: value => (text += value),
      close: name => {
        if (name === 'a') add(labels, pathWithin(folder, target), text);
      },
    });
  }
  return labels;
}

function add(labels: Map<string, string>, path: string, text: string): void {
  const label = text.replace(/\s+/gu, ' ').trim();
  if (label !== '' && !labels.has(path)) labels.set(path, label);
}
