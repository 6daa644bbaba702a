/** The table of the file formats that are read, by their extensions. Each has its reader in `readers/readers.ts`. */

export type FormatName =
  | 'markdown'
  | 'mdx'
  | 'text'
  | 'hwp'
  | 'pdf'
  | 'office'
  | 'epub'
  | 'html'
  | 'mail'
  | 'notebook'
  | 'rst'
  | 'asciidoc'
  | 'org'
  | 'tex'
  | 'table'
  | 'subtitles'
  | 'data'
  | 'source';

interface Format {
  readonly name: FormatName;
  readonly extensions: readonly string[];
  /**
   * True for text files. Their size limit is lower, because the whole text is in memory several times while
   * it is cut.
   */
  readonly isText: boolean;
  /** Whether files of the format are read by default; data and source code are not. */
  readonly byDefault: boolean;
}

const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** Larger files are not read: their bytes would not fit into memory beside the reader's results. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;

function text(name: FormatName, ...extensions: readonly string[]): Format {
  return { name, extensions, isText: true, byDefault: true };
}

function binary(name: FormatName, ...extensions: readonly string[]): Format {
  return { name, extensions, isText: false, byDefault: true };
}

/** Extensions of source code, of which only comments are read: `readers/formats/text/comments.ts` has their syntax. */
// prettier-ignore
const SOURCE_EXTENSIONS = [
  '.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.java', '.kt',
  '.kts', '.scala', '.c', '.h', '.cc', '.cpp', '.cxx', '.hpp', '.cs', '.go',
  '.rs', '.swift', '.dart', '.groovy', '.css', '.scss', '.less', '.py', '.pyi', '.sh',
  '.bash', '.zsh', '.r', '.pl', '.ps1', '.sql', '.rb', '.php', '.vue', '.svelte',
  '.lua',
];

const FORMATS: readonly Format[] = [
  text('markdown', '.md', '.markdown'),
  text('mdx', '.mdx'),
  text('text', '.txt'),
  binary('pdf', '.pdf'),
  binary('hwp', '.hwp', '.hwpx', '.hml', '.hwt', '.hwtx'),
  // The content decides, not the extension: a `.xls` may be a web page, and a `.doc` may be a `.docx`.
  binary('office', '.docx', '.docm', '.dotx', '.dotm', '.doc', '.dot', '.rtf', '.odt', '.ott', '.fodt'),
  binary('office', '.xlsx', '.xlsm', '.xltx', '.xltm', '.xlsb', '.xls', '.xlt', '.ods', '.ots', '.fods'),
  binary('office', '.pptx', '.pptm', '.ppsx', '.ppsm', '.potx', '.potm', '.ppt', '.pps', '.pot'),
  binary('office', '.odp', '.otp', '.fodp'),
  binary('epub', '.epub'),
  // SAMI subtitles are speech between tags, like a web page.
  text('html', '.html', '.htm', '.xhtml', '.smi', '.sami'),
  binary('mail', '.eml', '.mht', '.mhtml'),
  binary('notebook', '.ipynb'),
  text('rst', '.rst'),
  text('asciidoc', '.adoc', '.asciidoc'),
  text('org', '.org'),
  text('tex', '.tex', '.ltx'),
  text('table', '.csv', '.tsv'),
  text('subtitles', '.srt', '.vtt'),
  { ...text('data', '.json', '.jsonc', '.yaml', '.yml', '.toml', '.xml'), byDefault: false },
  { ...text('source', ...SOURCE_EXTENSIONS), byDefault: false },
];

const BY_EXTENSION: ReadonlyMap<string, Format> = new Map(
  FORMATS.flatMap(format => format.extensions.map(extension => [extension, format] as const)),
);

function extensionsWhere(test: (format: Format) => boolean): readonly string[] {
  return FORMATS.filter(test).flatMap(({ extensions }) => extensions);
}

/** Extensions that are read by default, with the dot. */
export const DEFAULT_EXTENSIONS = extensionsWhere(({ byDefault }) => byDefault);
/** Extensions that are read only where the user asks for them. */
export const OPTIONAL_EXTENSIONS = extensionsWhere(({ byDefault }) => !byDefault);

const NONE: ReadonlySet<string> = new Set();

/** Whether a path is read, by its extension. `optional` has the further extensions (`.json`) that the user asks for. */
export function isReadable(path: string, optional: ReadonlySet<string> = NONE): boolean {
  const extension = extensionOf(path);
  const format = BY_EXTENSION.get(extension);
  return format !== undefined && (format.byDefault || optional.has(extension));
}

const ARCHIVE = /\.(?:zip|7z|rar|alz|egg|tar|tgz|gz|bz2|xz)$/iu;

/** Whether a path is an archive: it may hold documents, but is not looked into. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Whether a file of this name is a text that an editor shows as it is. */
export function isTextFile(path: string): boolean {
  return BY_EXTENSION.get(extensionOf(path))?.isText === true && formatOf(path) !== 'html';
}

export function formatOf(path: string): FormatName | null {
  return BY_EXTENSION.get(extensionOf(path))?.name ?? null;
}

/** Maximum number of bytes that the reader of a path is given. */
export function bytesReadOf(path: string): number {
  return BY_EXTENSION.get(extensionOf(path))?.isText === true ? MAX_TEXT_BYTES : MAX_FILE_BYTES;
}

/** The extension in lower case, with the dot; '' where there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}
