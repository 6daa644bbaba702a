/**
 * The head of a note: fields between `---` (YAML) or `+++` (TOML). A head that does not parse is text, not
 * front matter.
 */
import { parseDocument } from 'yaml';
import { distinctTags, tagsOfField } from './tags.ts';
import { fieldsOfToml } from './toml.ts';

export interface FrontMatter {
  /** Offset where the text after it begins. */
  readonly end: number;
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly keywords: readonly string[];
}

export const NO_FRONT_MATTER: FrontMatter = { end: 0, title: null, tags: [], keywords: [] };

const TAG_FIELDS = new Set(['tags', 'tag', '태그']);
const TITLE_FIELDS = ['title', '제목'];
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

/** A fence at the very beginning of the text, the lines in between, and the same fence. */
const HEAD = /^(---|\+\+\+)[ \t]*\r?\n([^]*?)(?<=\n)\1[ \t]*(?:\r?\n|$(?![^]))/;

/** Front matter is a mapping; anything else between two rules is ordinary text. */
export function frontMatterOf(text: string): FrontMatter {
  const found = HEAD.exec(text.slice(0, MAX_LENGTH));
  if (found === null) return NO_FRONT_MATTER;
  const [whole, fence, source] = found as unknown as [string, string, string];
  const { fields, isWhole } =
    fence === '---' ? fieldsOfYaml(source) : { fields: fieldsOfToml(source), isWhole: true };
  if (fields === null) return NO_FRONT_MATTER;
  const title = TITLE_FIELDS.map(name => fields.get(name)).find(isTitle);
  const tags = [...fields].flatMap(([name, own]) =>
    TAG_FIELDS.has(name.normalize('NFC').toLowerCase()) ? tagsOfField(own) : [],
  );
  // Where the head does not parse as a whole, the tags that do parse still belong to the note.
  if (!isWhole) return { ...NO_FRONT_MATTER, tags: distinctTags(tags) };
  return {
    end: whole.length,
    title: title?.trim() ?? null,
    tags: distinctTags(tags),
    keywords: KEYWORD_FIELDS.flatMap(name => textsOf(fields.get(name))),
  };
}

/** null for a head that is not a mapping: an empty one (`---`, `---`) is just two rules. */
function fieldsOfYaml(source: string): { fields: ReadonlyMap<string, unknown> | null; isWhole: boolean } {
  try {
    // The core schema has no custom types, and `maxAliasCount` stops "billion laughs".
    const document = parseDocument(source, { schema: 'core', logLevel: 'silent', uniqueKeys: false });
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    return {
      fields: isMapping ? new Map(Object.entries(value)) : null,
      isWhole: document.errors.length === 0,
    };
  } catch {
    return { fields: null, isWhole: false };
  }
}

function isTitle(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value).slice(0, 300)];
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(textsOf);
  return [];
}
