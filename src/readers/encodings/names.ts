/** The encodings that text files are read in, and what editors call them. No tables of letters: the engine asks this, too. */

export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-32le'
  | 'utf-32be'
  | 'cp949'
  | 'johab'
  | 'iso-2022-kr'
  /** Never guessed: by its name in iconv-lite. */
  | `other:${string}`;

/** Names of VS Code (`files.encoding`) and of pages that are not ours but for their signs. */
const ALIASES: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['utf8', 'utf-8'],
  ['utf8bom', 'utf-8'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['utf32le', 'utf-32le'],
  ['utf32be', 'utf-32be'],
  ['iso2022kr', 'iso-2022-kr'],
  ['johab', 'johab'],
  ['cp1361', 'johab'],
  ['windows1361', 'johab'],
  ...['cp949', 'euckr', 'ms949', 'windows949', 'uhc', 'korean', 'ksc5601', 'ksc56011987', 'ksc56011989'].map(
    name => [name, 'cp949'] as const,
  ),
]);

/** The encoding of that name, whoever's name it is, if there is one (`knownEncoding`); null: none that is ever read. */
export function encodingNamed(name: string): Encoding | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/gu, '');
  const known = ALIASES.get(plain);
  if (known !== undefined) return known;
  // UTF-7 hides markup from whoever looks for it, and nobody writes it.
  if (plain === '' || plain.startsWith('utf7') || plain === 'base64' || plain === 'hex' || plain === 'binary')
    return null;
  return `other:${plain}`;
}
