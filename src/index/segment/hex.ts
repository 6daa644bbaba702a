/** Converts hashes between hexadecimal text and bytes. */

/** Hexadecimal digits, two for each byte. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length >> 1 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

export function toHex(found: Uint8Array): string {
  let hex = '';
  for (const byte of found) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
