/** What is in a package, as a list that a person can read and that a change of code leaves alone. */
import yauzl from 'yauzl';

/** Section of the golden list for what every package has. */
export const EVERY_PACKAGE = 'every package';

export type Contents = ReadonlyMap<string, readonly string[]>;

/** Names of the entries of a zip file. */
export function entriesOf(file: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: false }, (error, zip) => {
      if (error !== null) return reject(error);
      const names: string[] = [];
      zip.on('entry', (entry: yauzl.Entry) => names.push(entry.fileName));
      zip.on('end', () => resolve(names));
      zip.on('error', reject);
    });
  });
}

/** Tables of the PDF reader, and the many small parts of onnxruntime's JavaScript. */
const TABLE = /^(.*\/(?:pdf\/\w+|onnxruntime-common\/dist\/cjs)\/)[^/]+(\.(?:bcmap|pfb|ttf|js))$/;

/** Without the hashes of chunks; tables of which there are hundreds are counted. */
export function normalised(names: readonly string[]): readonly string[] {
  const tables = new Map<string, number>();
  const listed = new Set<string>();
  for (const name of names) {
    const table = TABLE.exec(name);
    if (table === null) listed.add(name.replace(/(?:-[0-9A-Z]{8})+(\.mjs)$/, '-*$1'));
    else {
      const pattern = `${table[1]!}*${table[2]!}`;
      tables.set(pattern, (tables.get(pattern) ?? 0) + 1);
    }
  }
  for (const [pattern, count] of tables) listed.add(`${pattern} (${count})`);
  return [...listed].sort();
}

/** The golden list of all packages: what they share stands once. */
export function goldenOf(packages: Contents): string {
  const lists = [...packages.values()];
  const shared = (lists[0] ?? []).filter(name => lists.every(list => list.includes(name)));
  const sections = [...packages].map(([target, names]) =>
    section(
      target,
      names.filter(name => !shared.includes(name)),
    ),
  );
  return [section(EVERY_PACKAGE, shared), ...sections].join('\n');
}

function section(title: string, names: readonly string[]): string {
  return `# ${title}\n${names.join('\n')}\n`;
}

/** What differs from the golden list: `+ name` is in the package alone, `- name` in the list alone. */
export function differences(golden: string, target: string, names: readonly string[]): readonly string[] {
  const sections = new Map(
    golden.split(/^# /m).map(text => {
      const [title, ...lines] = text.trim().split('\n');
      return [title!, lines] as const;
    }),
  );
  const wanted = new Set([...(sections.get(EVERY_PACKAGE) ?? []), ...(sections.get(target) ?? [])]);
  const found = new Set(names);
  return [
    ...names.filter(name => !wanted.has(name)).map(name => `+ ${name}`),
    ...[...wanted].filter(name => !found.has(name)).map(name => `- ${name}`),
  ];
}
