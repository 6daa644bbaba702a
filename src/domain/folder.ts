/** A folder that is opened, and how its files are listed. */

/** Which symbolic links are followed: none, those that stay in the folder, or all. */
export type LinkPolicy = 'none' | 'inside' | 'everywhere';

export interface FolderOptions {
  readonly path: string;
  /** Shown name of the workspace folder. */
  readonly name: string;
  /** Globs of what to index (default: every readable type) and what to leave out, relative to the folder. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useIgnoreFiles: boolean;
  /** Default `inside`. */
  readonly links?: LinkPolicy;
  /** Extensions (`.json`) of formats that are read only where they are asked for. */
  readonly optional?: readonly string[];
  /** The encoding of text files that are no UTF-8, as the editor names it (`euckr`); found by the text where absent. */
  readonly encoding?: string;
  /** The same for files of single extensions (`.txt`), where the editor's language settings say another one. */
  readonly encodingOf?: Readonly<Record<string, string>>;
  /** The encoding of single files, by their paths, as the user said. */
  readonly encodings?: Readonly<Record<string, string>>;
  /** The user's glossary: a text file, absolute or relative to the folder. Default `.malmoi/glossary.txt`. */
  readonly glossary?: string;
}

/** A folder as a client asks for it. */
export interface FolderRequest extends FolderOptions {
  /**
   * The client only looks at the index as it is: options that others opened the folder with stay (but for a
   * glossary that is named), and the folder is not compared with its index.
   */
  readonly asItIs?: boolean;
}
