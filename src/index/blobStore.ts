/** The one port of the index: named blobs in one folder. */
export interface BlobStore {
  list(): Promise<readonly string[]>;
  /** The whole blob in its own buffer, or null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Replaces the blob as a whole; when the promise resolves, it survives a power loss. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end (creating the blob); when the promise resolves, it survives a power loss. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  truncate(name: string, length: number): Promise<void>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
}
