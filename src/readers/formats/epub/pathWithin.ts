/** The name of the part that a link in another part leads to, without the fragment behind `#`. */
export function pathWithin(folder: string, href: string): string {
  const segments: string[] = [];
  for (const segment of `${folder}${href.replace(/#.*$/u, '')}`.split('/'))
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  const path = segments.join('/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
