/** Which files a search looks at. */

/** Which files a search looks at; all that is given must hold. */
export interface FileFilter {
  /** Globs relative to the folder; a word without wildcards means a folder or a part of a file's name. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** With or without the dot, in any case. */
  readonly extensions?: readonly string[];
  /** Modification time: `from <= time < before`, ms since 1970. */
  readonly modifiedFrom?: number;
  readonly modifiedBefore?: number;
  /** Spans in which it must not have been modified. */
  readonly notModifiedIn?: readonly { readonly from: number; readonly before: number }[];
}
