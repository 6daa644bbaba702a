/**
 * Names of files that come from outside (a hub's listing, an archive). They are hostile until proven plain: a
 * name must stay inside the folder it is unpacked to, on every system, whatever that system makes of it.
 */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** Control characters, and characters with a special meaning on Windows (streams, drives, wildcards, separators). */
const FORBIDDEN = /[\p{Cc}<>:"|?*\\]/u;
const MAX_SEGMENTS = 16;
/** Bytes of UTF-8: the limit of ext4 and of HFS+. */
const MAX_SEGMENT = 255;

/** The name with `/` between its segments and without `.` segments, or null if it is not safe to create. */
export function safeMemberPath(name: string): string | null {
  if (name === '' || name.startsWith('/') || FORBIDDEN.test(name)) return null;
  const segments = name.split('/').filter(segment => segment !== '.' && segment !== '');
  if (segments.length === 0 || segments.length > MAX_SEGMENTS) return null;
  return segments.every(isSafe) ? segments.join('/') : null;
}

function isSafe(segment: string): boolean {
  return !RESERVED.test(segment) && !/[. ]$/.test(segment) && Buffer.byteLength(segment) <= MAX_SEGMENT;
}

/** Names that are one file where case and Unicode form do not count. */
export function sameFileKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A model's name is a folder's name: one plain segment that does not hide. */
export function isModelName(name: string): boolean {
  return /^\w[\w.-]{0,99}$/.test(name) && safeMemberPath(name) === name;
}
