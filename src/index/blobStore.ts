/** The one port of the index: named blobs in one folder. */
export interface BlobStore {
  list(): Promise<readonly string[]>;
  /** The whole blob in its own buffer, or null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** A blob to be read in parts, or null where there is none. It stays readable when the name is removed. */
  open(name: string): Promise<OpenBlob | null>;
  /** Replaces the blob as a whole by these parts; when the promise resolves, it survives a power loss. */
  write(name: string, ...parts: readonly Uint8Array[]): Promise<void>;
  /** Adds to the end (creating the blob); when the promise resolves, it survives a power loss. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Cuts the end off; when the promise resolves, it stays off. Nothing is there to cut: no error. */
  truncate(name: string, length: number): Promise<void>;
  /** Removing what is not there is no error. After a power loss it may be there again. */
  remove(name: string): Promise<void>;
}

export interface OpenBlob {
  /** Bytes. */
  readonly size: number;
  /** `length` bytes in a buffer of their own, fewer where the blob ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Bytes that are in memory already. */
export function blobOf(bytes: Uint8Array): OpenBlob {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
