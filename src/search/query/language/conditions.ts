/** Translates a query's chips into conditions: all of them, or a single one. */
import type { FileFilter } from '../../../domain/fileFilter.ts';
import type { QueryChip } from '../../../domain/query.ts';
import type { QueryConditions } from './parsedQuery.ts';

export function conditionsIn(chips: readonly QueryChip[]): QueryConditions {
  const of = (...kinds: readonly QueryChip['kind'][]): QueryChip[] =>
    chips.filter(({ kind }) => kinds.includes(kind));
  return {
    filter: filterOf(chips),
    literals: of('word', 'phrase'),
    headings: of('heading'),
    tags: of('tag'),
    negativeQueries: of('meaning').map(({ text }) => text),
  };
}

/** Paths, formats and times as one file filter. */
function filterOf(chips: readonly QueryChip[]): FileFilter {
  const values = (kind: QueryChip['kind'], negative: boolean): string[] =>
    chips.filter(chip => chip.kind === kind && chip.negative === negative).map(({ text }) => text);
  const include = values('path', false);
  const extensions = values('extension', false).flatMap(list => list.split(', '));
  const exclude = [
    ...values('path', true),
    ...values('extension', true).flatMap(list =>
      list.split(', ').map(extension => `**/*.${literalGlob(extension)}`),
    ),
  ];
  const times = chips.flatMap(({ kind, negative, modified }) =>
    kind === 'modified' && modified !== null ? [{ negative, ...modified }] : [],
  );
  const from = times.flatMap(time => (time.negative ? [] : (time.from ?? [])));
  const before = times.flatMap(time => (time.negative ? [] : (time.before ?? [])));
  const outside = times.flatMap(time =>
    time.negative ? [{ from: time.from ?? -Infinity, before: time.before ?? Infinity }] : [],
  );
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(from.length === 0 ? {} : { modifiedFrom: Math.max(...from) }),
    ...(before.length === 0 ? {} : { modifiedBefore: Math.min(...before) }),
    ...(outside.length === 0 ? {} : { notModifiedIn: outside }),
  };
}

function literalGlob(text: string): string {
  return text.replace(/[\\*?[\]{}!()+@|]/g, String.raw`\$&`);
}
