/**
 * The proof that both ends of a connection know the key of a store's engine: a challenge and a response each, by
 * HMAC-SHA-256 (https://www.rfc-editor.org/rfc/rfc2104). The key itself is never sent. Pure.
 *
 * A later version that changes what is signed can neither be told to leave by an earlier one nor tell it so.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const HEX = /^[0-9a-f]{64}$/;

/** Each end proves itself by another text, so that nobody gets in by sending a proof back. */
export type Role = 'client' | 'engine';

/** Both ends of an address know it. */
export interface Secret {
  readonly key: Buffer;
  /** The name of the pipe, so that nobody passes proofs on between two; '' for a socket, which has several names. */
  readonly pipe: string;
}

/** Drawn by each end, so that a proof is good for one connection alone. */
export interface Nonces {
  readonly client: string;
  readonly engine: string;
}

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

export function newNonce(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** The value as a nonce, a proof or a key in hexadecimal digits; null for anything else that somebody sends. */
export function asDigits(value: unknown): string | null {
  return typeof value === 'string' && HEX.test(value) ? value : null;
}

export function proofOf({ key, pipe }: Secret, role: Role, { client, engine }: Nonces): string {
  const signed = JSON.stringify(['malmoi', role, pipe, client, engine]);
  return createHmac('sha256', key).update(signed).digest('hex');
}

export function proves(secret: Secret, role: Role, nonces: Nonces, proof: unknown): boolean {
  const given = asDigits(proof);
  if (given === null) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(proofOf(secret, role, nonces)));
}
