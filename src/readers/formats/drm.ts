/** Whether a document is kept by a system of digital rights, whatever its name says. */

/** How files begin that Fasoo, SoftCamp, NASCA and others of Korean offices have encrypted. */
const MARKS = ['DRMONE', 'SCDSA0', '<## NASCA DRM', '<DOCUMENT SAFER'];

export function isUnderDrm(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  return MARKS.some(mark => head.includes(mark));
}
