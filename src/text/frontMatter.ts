/** The few fields of a note's YAML front matter that search uses. Bad YAML is no front matter. */
import { parse } from 'yaml';

export interface FrontMatter {
  readonly title: string | null;
  readonly keywords: readonly string[];
}

const KEYWORD_FIELDS = [
  'tags',
  'tag',
  'aliases',
  'alias',
  'keywords',
  'categories',
  'category',
  'description',
];
const MAX_LENGTH = 20_000;

export function frontMatterOf(yaml: string): FrontMatter {
  let value: unknown = null;
  try {
    // The core schema knows no custom types, and `maxAliasCount` stops "billion laughs".
    if (yaml.length <= MAX_LENGTH)
      value = parse(yaml, { schema: 'core', maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return { title: null, keywords: [] };
  }
  if (typeof value !== 'object' || value === null) return { title: null, keywords: [] };
  const fields = new Map(Object.entries(value));
  const title = fields.get('title');
  const keywords = KEYWORD_FIELDS.flatMap(name => textsOf(fields.get(name)));
  return { title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null, keywords };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value).slice(0, 300)];
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(textsOf);
  return [];
}
