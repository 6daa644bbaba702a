/** Tests which files a query's tags let in (`tag:회의`, `-tag:회의`). */
import type { FileHead } from '../../index/records.ts';
import { hasTag, normalizeTag } from '../../text/tags.ts';
import type { LiteralCondition } from '../query/language/parsedQuery.ts';

/** A test that requires all of the tags; null where there are none. */
export function taggedFiles(
  conditions: readonly LiteralCondition[],
): ((head: Pick<FileHead, 'tags'>) => boolean) | null {
  if (conditions.length === 0) return null;
  const wanted = conditions.map(({ text, negative }) => ({ tag: normalizeTag(text), negative }));
  return ({ tags }) => wanted.every(({ tag, negative }) => hasTag(tags, tag) !== negative);
}
