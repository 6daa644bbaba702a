/** The expected hash of a file. */
import { createHash, type Hash } from 'node:crypto';

/**
 * `sha256` of the content (files in large-file storage), or `gitBlob`: SHA-1 of `blob <size>\0` and the content, the
 * name that git gives to every other file.
 */
export interface Digest {
  readonly kind: 'sha256' | 'gitBlob';
  /** Gives lower-case hexadecimal. */
  readonly hex: string;
}

/** `size` in bytes is part of the hash of a git blob. */
export function newHash({ kind }: Digest, size: number): Hash {
  return kind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}
