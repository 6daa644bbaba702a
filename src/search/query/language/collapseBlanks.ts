/** A query's words as the model reads them, without the gaps that operators leave. The words keep their numbers. */
export function collapseBlanks(source: string): string {
  return source.trim().replace(/\s+/gu, ' ');
}
