/**
 * The name of a file in a workspace folder, from the paths of their URIs, which have `/` on every system (`/c:/notes`,
 * `/notes`, and the root `/` or `/c:/`). The editor has found that the folder contains the file, by its own rules of case.
 */
export function fileInFolder(folder: string, file: string): string {
  return file.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}
