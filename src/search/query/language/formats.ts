/** Everyday names of kinds of files, and their extensions. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  hwp: ['hwp', 'hwpx'],
  한글: ['hwp', 'hwpx'],
  아래아한글: ['hwp', 'hwpx'],
  워드: ['docx', 'doc'],
  word: ['docx', 'doc'],
  docx: ['docx'],
  엑셀: ['xlsx', 'xls'],
  excel: ['xlsx', 'xls'],
  xlsx: ['xlsx'],
  파워포인트: ['pptx', 'ppt'],
  피피티: ['pptx', 'ppt'],
  ppt: ['pptx', 'ppt'],
  pptx: ['pptx'],
  마크다운: ['md', 'mdx', 'markdown'],
  markdown: ['md', 'mdx', 'markdown'],
  md: ['md'],
  텍스트: ['txt'],
  txt: ['txt'],
  html: ['html', 'htm'],
  주피터: ['ipynb'],
  ipynb: ['ipynb'],
};

/** Names that are also everyday words: they mean a kind of file only where 파일 or 문서 follows. */
const EVERYDAY = new Set(['한글', '텍스트', '워드', 'word', 'excel', 'markdown']);

const longestFirst = Object.keys(FORMATS).sort((a, b) => b.length - a.length);

/** Alternatives for regular expressions, grouped by the word that must follow. */
export const FORMAT_NAMES = longestFirst.join('|');
export const PLAIN_FORMAT_NAMES = longestFirst.filter(name => !EVERYDAY.has(name)).join('|');

const KNOWN = new Set(Object.values(FORMATS).flat());

/** Whether an extension belongs to a kind of file with a name of its own. */
export function isFormat(extension: string): boolean {
  return KNOWN.has(extension);
}

/** Extensions in a list like `md,.txt` or `한글`; empty where there are none. */
export function extensionsOf(text: string): string[] {
  const names = text
    .split(',')
    .map(name => name.trim().replace(/^\*?\.+/, ''))
    .filter(name => name !== '');
  return [...new Set(names.flatMap(name => (Object.hasOwn(FORMATS, name) ? FORMATS[name]! : [name])))];
}
