/** The answer of a reader that cannot read a document: one place decides which error means which reason. */
import type { FileReason } from '../../domain/ledger.ts';
import type { Reader, ReadOptions, ReadResult } from '../readers.ts';
import { EncryptedPartError } from './zip/zip.ts';
import { UnpacksTooLargeError } from './zip/unpackBudget.ts';

/** Thrown where a reader knows the reason. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: FileReason;

  constructor(problem: FileReason, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

/** A reader that returns an answer whatever `read` throws. */
export function guarded(
  read: (bytes: Uint8Array, options: ReadOptions) => ReadResult | Promise<ReadResult>,
): Reader {
  return async (bytes, options = {}) => {
    if (bytes.length === 0) return { problem: 'empty' };
    try {
      return await read(bytes, options);
    } catch (error) {
      return problemOf(error);
    }
  };
}

function problemOf(error: unknown): ReadResult {
  if (error instanceof ProblemError) return { problem: error.problem, detail: error.message };
  if (error instanceof EncryptedPartError) return { problem: 'encrypted' };
  if (error instanceof UnpacksTooLargeError) return { problem: 'unpacksTooLarge', detail: error.message };
  // Only names of errors are passed on: messages of libraries may quote the document.
  return { problem: 'damaged', detail: error instanceof Error ? error.name : 'unknown' };
}
