/**
 * Recognises files that a company's rights management has wrapped: whatever their name, only its own program opens
 * them.
 */

/** Signatures of Fasoo and its licensees, Samsung's NASCA, SoftCamp and MarkAny. */
const SIGNATURES = /^.{0,4}(?:DRMONE|<## NASCA DRM FILE|SCDSA\d{3}|<DOCUMENT SAFER|FasooSecureContainer)/su;

export function isRightsManaged(bytes: Uint8Array): boolean {
  return SIGNATURES.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}
