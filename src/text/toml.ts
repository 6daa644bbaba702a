/**
 * The fields of TOML front matter that search uses: strings and lists of strings at the top or in a table
 * (`[taxonomies]`, as Zola has it). This is not a full TOML parser: other values are kept as they are
 * written.
 */

const FIELD = /^[ \t]*(?:"([^"]*)"|'([^']*)'|([\p{L}\p{N}_.-]+))[ \t]*=[ \t]*(.*)$/u;
const TABLE = /^[ \t]*\[{1,2}[^[\]]+\]{1,2}[ \t]*(?:#.*)?$/;
const STRING = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g;

/** null where a line is neither a field, a table, a comment nor the rest of a list or a long string. */
export function fieldsOfToml(source: string): ReadonlyMap<string, unknown> | null {
  const fields = new Map<string, unknown>();
  const lines = source.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.trim() === '' || /^[ \t]*#/.test(line) || TABLE.test(line)) continue;
    const field = FIELD.exec(line);
    if (field === null) return null;
    const name = field[1] ?? field[2] ?? field[3]!;
    let value = field[4]!;
    const isOpen = openTest(value);
    while (isOpen(value) && i + 1 < lines.length) value += `\n${lines[++i]!}`;
    fields.set(name, valueOf(value));
  }
  return fields.size === 0 ? null : fields;
}

/** Whether a value that begins like this goes on in the next line. */
function openTest(value: string): (read: string) => boolean {
  for (const quotes of ['"""', "'''"])
    if (value.startsWith(quotes)) return read => read.indexOf(quotes, 3) === -1;
  if (!value.startsWith('[')) return () => false;
  return read => !read.replace(STRING, '').includes(']');
}

function valueOf(value: string): unknown {
  if (value.startsWith('"""') || value.startsWith("'''")) return value.slice(3).replace(/["']{3}[^]*$/, '');
  const strings = Array.from(value.matchAll(STRING), ([, double, single]) => single ?? unescaped(double!));
  if (value.startsWith('[')) return strings;
  return strings[0] ?? value.replace(/#.*$/, '').trim();
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
