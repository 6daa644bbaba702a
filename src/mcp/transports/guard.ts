/**
 * Decides who may speak to the HTTP server: programs of this machine that have the token. Pages in a browser
 * may not.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** HTTP status of the refusal; null where the request may pass. */
export function refusalOf(headers: IncomingHttpHeaders, token: string): 401 | 403 | null {
  // A page that makes its own name point here (DNS rebinding) still sends that name.
  if (!isLoopback(`http://${headers.host ?? ''}`)) return 403;
  if (headers.origin !== undefined && !isLoopback(headers.origin)) return 403;
  const given = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && isSame(given, token) ? null : 401;
}

function isLoopback(address: string): boolean {
  try {
    const { hostname, username, password } = new URL(address);
    return LOOPBACK.has(hostname) && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Compares in constant time, so that the time reveals nothing about the token. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
