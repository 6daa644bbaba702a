/** A folder that is opened, and the rules by which its files are listed. */

/** The symbolic links that are followed: none, those that stay in the folder, or all. */
export type LinkPolicy = 'none' | 'inside' | 'everywhere';

export interface FolderOptions {
  readonly path: string;
  /** Display name of the workspace folder. */
  readonly name: string;
  /** Globs of what to index (default: every readable type) and what to leave out, relative to the folder. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useIgnoreFiles: boolean;
  /** Links that are followed. Default `inside`. */
  readonly links?: LinkPolicy;
  /** Extensions (`.json`) of optional formats that are read in this folder. */
  readonly optional?: readonly string[];
  /**
   * Encoding of text files that are not UTF-8, as the editor names it (`euckr`); detected from the text where
   * absent.
   */
  readonly encoding?: string;
  /** Encodings for single extensions (`.txt`), where the editor's language settings differ from `encoding`. */
  readonly encodingOf?: Readonly<Record<string, string>>;
  /** Encodings that the user chose for single files, by their paths. */
  readonly encodings?: Readonly<Record<string, string>>;
  /** The user's glossary: a text file, absolute or relative to the folder. Default `.malmoi/glossary.txt`. */
  readonly glossary?: string;
}

/** A folder as a client asks for it. */
export interface FolderRequest extends FolderOptions {
  /**
   * True for a client that only looks at the index as it is. The options that others opened the folder with
   * stay in force, except for a glossary that is named here, and the folder is not compared with its index.
   */
  readonly asItIs?: boolean;
}
