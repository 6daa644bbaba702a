/**
 * Detects a login page or a gateway's refusal in place of a file: it comes with status 200, so only its content tells.
 */
const LONGEST_OPENING = 64;

/** True when the first bytes of a body open an HTML page; null while there are too few to tell. */
export function opensHtml(start: Uint8Array): boolean | null {
  const text = new TextDecoder().decode(start.subarray(0, 512)).trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || /^<html[\s>]/.test(text)) return true;
  return start.length < LONGEST_OPENING && /^(?:<|$)/.test(text) ? null : false;
}
