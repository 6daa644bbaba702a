/** The place where the next page of an answer begins: opaque to the agent, and valid for the same question only. */
import { createHash } from 'node:crypto';

/** The values that a page depends on: the tool, and its arguments without the cursor and the sizes. */
export type Question = readonly unknown[];

export function writeCursor(question: Question, offset: number): string {
  return Buffer.from(`${offset}.${fingerprint(question)}`).toString('base64url');
}

/** null where the cursor does not belong to this question. */
export function readCursor(question: Question, cursor: string): number | null {
  const found = /^(\d{1,6})\.(\w+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  return found === null || found[2] !== fingerprint(question) ? null : Number(found[1]);
}

function fingerprint(question: Question): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 12);
}
