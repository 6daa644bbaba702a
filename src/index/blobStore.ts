/** The only port of the index: named blobs in one folder. */
export interface BlobStore {
  list(): Promise<readonly string[]>;
  /** The whole blob in a buffer of its own; null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Opens a blob to be read in parts; null where there is none. It stays readable when the name is removed. */
  open(name: string): Promise<OpenBlob | null>;
  /** Replaces the whole blob by these parts; when the promise resolves, it survives a power loss. */
  write(name: string, ...parts: readonly Uint8Array[]): Promise<void>;
  /** Appends to the blob (creating it); when the promise resolves, the bytes survive a power loss. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Cuts the end off, durably; a missing or shorter blob is no error. */
  truncate(name: string, length: number): Promise<void>;
  /** Removes a blob; a missing one is no error. After a power loss it may be there again. */
  remove(name: string): Promise<void>;
}

export interface OpenBlob {
  /** Size in bytes. */
  readonly size: number;
  /** `length` bytes in a buffer of their own; fewer where the blob ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A blob of bytes that are in memory already. */
export function blobOf(bytes: Uint8Array): OpenBlob {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
