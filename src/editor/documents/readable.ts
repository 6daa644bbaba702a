/** Decides which files the window reports to the engine, which decides what becomes of them. */
import { DEFAULT_EXTENSIONS, OPTIONAL_EXTENSIONS } from '../../text/fileFormats.ts';

const names = [...DEFAULT_EXTENSIONS, ...OPTIONAL_EXTENSIONS].map(extension => extension.slice(1));

/** Globs are case-sensitive, and names of files mostly have one of these two cases. */
export const READABLE_GLOB = `**/*.{${[...names, ...names.map(name => name.toUpperCase())].join(',')}}`;

/** Names without an extension, outside the folders that change all the time. */
export function mayBeFolder(path: string): boolean {
  if (/\/(\.git|node_modules)(\/|$)/.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !/[^.]\.[A-Za-z0-9]{1,8}$/.test(name);
}
