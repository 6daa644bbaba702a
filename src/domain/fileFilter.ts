/** The files that a search looks at. */

/** The files that a search looks at: a file must meet every condition given. */
export interface FileFilter {
  /** Globs relative to the folder; a word without wildcards means a folder or a part of a file's name. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Extensions with or without the dot, in any case. */
  readonly extensions?: readonly string[];
  /** Modification time: `from <= time < before`, ms since 1970. */
  readonly modifiedFrom?: number;
  readonly modifiedBefore?: number;
  /** Spans of time in which the file must not have been modified. */
  readonly notModifiedIn?: readonly { readonly from: number; readonly before: number }[];
}
