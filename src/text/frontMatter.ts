/** The few fields of a note's YAML front matter that search uses. Bad YAML is no front matter. */
import { parse } from 'yaml';
import { distinctTags, tagsOfField } from './tags.ts';

export interface FrontMatter {
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly keywords: readonly string[];
}

export const NO_FRONT_MATTER: FrontMatter = { title: null, tags: [], keywords: [] };

const TAG_FIELDS = new Set(['tags', 'tag', '태그']);

const KEYWORD_FIELDS = [
  'tags',
  'tag',
  '태그',
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
    return NO_FRONT_MATTER;
  }
  if (typeof value !== 'object' || value === null) return NO_FRONT_MATTER;
  const fields = new Map(Object.entries(value));
  const title = fields.get('title');
  const keywords = KEYWORD_FIELDS.flatMap(name => textsOf(fields.get(name)));
  const tags = [...fields].flatMap(([name, own]) =>
    TAG_FIELDS.has(name.normalize('NFC').toLowerCase()) ? tagsOfField(own) : [],
  );
  return {
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null,
    tags: distinctTags(tags),
    keywords,
  };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value).slice(0, 300)];
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(textsOf);
  return [];
}
