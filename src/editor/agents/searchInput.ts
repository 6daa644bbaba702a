/** Checks the input that a language model gives the tool: it is a program that writes text. Pure. */
import type { FileFilter } from '../../domain/fileFilter.ts';

/** The input in the schema of package.json. */
export interface SearchInput {
  readonly query?: unknown;
  readonly path?: unknown;
  readonly ext?: unknown;
  readonly limit?: unknown;
}

const USUAL = 8;
const MOST = 30;
const MOST_PATTERNS = 20;

export interface CheckedInput {
  readonly query: string;
  readonly filter: FileFilter;
  readonly limit: number;
}

/** A value whose type differs from the schema counts as absent. */
export function inputOf({ query, path, ext, limit }: SearchInput): CheckedInput {
  const include = strings(path);
  const extensions = strings(ext);
  return {
    query: typeof query === 'string' ? query.trim() : '',
    filter: {
      ...(include.length === 0 ? {} : { include }),
      ...(extensions.length === 0 ? {} : { extensions }),
    },
    limit: typeof limit === 'number' && limit >= 1 ? Math.min(MOST, Math.floor(limit)) : USUAL,
  };
}

function strings(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter(each => typeof each === 'string' && each !== '').slice(0, MOST_PATTERNS) as string[];
}
