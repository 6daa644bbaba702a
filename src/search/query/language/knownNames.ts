/**
 * Restricts `path:`, `ext:` and `tag:` to names that some document has. People also look for
 * `path:/usr/local/bin` and `image tag:latest` in their notes, and a condition that no file can meet helps
 * nobody.
 */
import { extensionsOf, isFormat } from './formats.ts';
import type { Found, Part, Remark } from './parsedQuery.ts';

/** Questions about the open folders; each may have to look at all files. */
export interface KnownNames {
  /** Whether some file's path meets the condition `path:text`. */
  readonly hasPath: (text: string) => boolean;
  /** Whether some file has the extension (lower case, without the dot). */
  readonly hasExtension: (extension: string) => boolean;
  readonly hasTag: (tag: string) => boolean;
  /** Whether the model has a dimension of that name; absent where every name counts as known. */
  readonly hasDimension?: (name: string) => boolean;
}

const REMARKS = {
  path: 'unknownPath',
  extension: 'unknownExtension',
  tag: 'unknownTag',
  dimension: 'unknownDimension',
} as const;

/**
 * Turns conditions on names that no document has into text, each with a notice. An exclusion stays, because
 * its name may well be absent.
 */
export function withKnownNames(text: string, found: Found, names: KnownNames | undefined): Found {
  if (names === undefined) return found;
  const parts: Part[] = [];
  const remarks: Remark[] = [...found.remarks];
  for (const part of found.parts) {
    const { kind, negative, start, end, value } = part;
    const named = text.slice(value.start, value.end);
    if (
      negative ||
      (kind !== 'path' && kind !== 'extension' && kind !== 'tag' && kind !== 'dimension') ||
      isKnown(kind, named, names)
    )
      parts.push(part);
    else remarks.push({ kind: REMARKS[kind], start, end });
  }
  return { ...found, parts, remarks };
}

function isKnown(kind: keyof typeof REMARKS, text: string, names: KnownNames): boolean {
  if (kind === 'path') return names.hasPath(text);
  if (kind === 'tag') return names.hasTag(text);
  if (kind === 'dimension') return names.hasDimension?.(text) ?? true;
  return extensionsOf(text).some(extension => isFormat(extension) || names.hasExtension(extension));
}
