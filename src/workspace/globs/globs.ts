/** Globs of settings and of `path:`: `*`, `**`, `?`, `[a-z]`, `{md,txt}`, as in the editor's settings. */
import { GLOBSTAR, isStars, matchesPath, namesOf, type PathPattern } from './pathPattern.ts';
import { segmentsOf } from './segmentPattern.ts';

/** Maximum number of patterns that a glob's braces may expand to; a glob with more matches nothing. */
const MAX_ALTERNATIVES = 256;
const MAX_LENGTH = 1_024;

/** Whether a `/`-separated path matches any of them, whatever its form (NFC, NFD). */
export function globMatcher(
  globs: readonly string[],
  { anyCase }: { readonly anyCase: boolean },
): (path: string) => boolean {
  const patterns = globs.flatMap(glob => patternsOf(glob, anyCase));
  return path => {
    const names = namesOf(path, anyCase);
    return patterns.some(pattern => matchesPath(pattern, names));
  };
}

function patternsOf(glob: string, anyCase: boolean): PathPattern[] {
  const text = glob.normalize('NFC').replace(/^\.?\/+/, '');
  if (text === '' || text.length > MAX_LENGTH) return [];
  const alternatives = expanded(text);
  if (alternatives === null) return [];
  return alternatives.flatMap(alternative => {
    const parts = alternative.split('/').filter(part => part !== '');
    const segments = segmentsOf(parts.join('/'), anyCase);
    if (segments === null || parts.length === 0) return [];
    return [segments.map((segment, i) => (isStars(segment) && parts[i] !== '*' ? GLOBSTAR : segment))];
  });
}

/** Expands `{a,b}`; null where there are too many alternatives. Braces may be nested; an unclosed one is text. */
function expanded(text: string): string[] | null {
  const done: string[] = [];
  const open = [text];
  while (open.length > 0) {
    if (done.length + open.length > MAX_ALTERNATIVES) return null;
    const next = open.pop()!;
    const found = firstBraces(next);
    if (found === null) done.push(next);
    else
      for (const part of found.parts)
        open.push(next.slice(0, found.start) + part + next.slice(found.end + 1));
  }
  return done;
}

function firstBraces(text: string): { start: number; end: number; parts: string[] } | null {
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('{', start + 1)) {
    const parts: string[] = [];
    let depth = 0;
    let from = start + 1;
    for (let i = start; i < text.length; i++) {
      if (text[i] === '{') depth++;
      else if (text[i] === ',' && depth === 1) {
        parts.push(text.slice(from, i));
        from = i + 1;
      } else if (text[i] === '}' && --depth === 0) {
        if (parts.length === 0) break;
        parts.push(text.slice(from, i));
        return { start, end: i, parts };
      }
    }
  }
  return null;
}
