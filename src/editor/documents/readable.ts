/** Which files the window tells the engine about. The engine decides what becomes of them. */
export const READABLE_GLOB = '**/*.{md,mdx,markdown,txt,MD,MDX,MARKDOWN,TXT}';

/** Names without an extension, outside the folders that change all the time. */
export function mayBeFolder(path: string): boolean {
  if (/\/(\.git|node_modules)(\/|$)/.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !/[^.]\.[A-Za-z0-9]{1,8}$/.test(name);
}
