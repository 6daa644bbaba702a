/** Turns offered conditions into suggestions: each has the query in which it is turned on, written as an operator. */
import type { QueryChip, QuerySuggestion } from '../../../domain/query.ts';
import { OPENERS } from './quotes.ts';

/**
 * Characters that an operator's value can't hold: quotation marks end it, and a path's other signs would be a
 * pattern.
 */
const UNWRITABLE = new RegExp(String.raw`[${OPENERS}」』]`, 'u');
const PATTERN = /[*?[\]{}!()]/u;

export function suggestionsOf(text: string, offered: readonly QueryChip[]): QuerySuggestion[] {
  return offered.flatMap(({ kind, negative, text: value, range, modified }) => {
    const operator = operatorOf({ kind, negative, text: value, modified });
    if (operator === null) return [];
    const query = [text.slice(0, range.start).trimEnd(), operator, text.slice(range.end).trimStart()]
      .filter(each => each !== '')
      .join(' ');
    return [{ kind, negative, text: value, range, modified, query }];
  });
}

/** The condition in the query language; null where it can't be written. */
function operatorOf({
  kind,
  negative,
  text,
  modified,
}: Pick<QueryChip, 'kind' | 'negative' | 'text' | 'modified'>): string | null {
  if (text === '' || UNWRITABLE.test(text)) return null;
  const sign = negative ? '-' : '';
  if (kind === 'phrase') return `${sign}"${text}"`;
  if (kind === 'extension') return `${sign}ext:${text.replaceAll(', ', ',')}`;
  if (kind === 'heading') return `${sign}제목:${valueOf(text)}`;
  if (kind === 'path') return PATTERN.test(text) ? null : `${sign}경로:${valueOf(text)}`;
  if (kind !== 'modified' || modified === null) return null;
  if (modified.before === null) return `이후:${dayOf(modified.from!)}`;
  if (modified.from === null) return `이전:${dayOf(modified.before)}`;
  return `${sign}수정:${valueOf(text)}`;
}

/** An operator with this value (`경로:회의`); null where the query language can't write the value. */
export function operatorFor(kind: 'path' | 'extension' | 'tag', value: string): string | null {
  if (kind !== 'tag') return operatorOf({ kind, negative: false, text: value, modified: null });
  return value === '' || UNWRITABLE.test(value) ? null : `태그:${valueOf(value)}`;
}

function valueOf(text: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? text : `"${text}"`;
}

function dayOf(time: number): string {
  const day = new Date(time);
  const [month, date] = [day.getMonth() + 1, day.getDate()].map(each => String(each).padStart(2, '0'));
  return `${day.getFullYear()}-${month}-${date}`;
}
