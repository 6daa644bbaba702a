/** Hangul's documents by what they are, not by their names: HWP 5, HWP 3, HWPX and HWPML are all saved as .hwp. */
import type { Reader, ReadResult } from '../readers.ts';
import { isCompoundFile } from './compoundFile.ts';
import { isRightsManaged } from './drm.ts';
import { readHwp5 } from './hwp/hwp5.ts';
import { readHwp3 } from './hwp/hwp3.ts';
import { readHwpml } from './hwp/hwpml.ts';
import { readHwpx } from './hwp/hwpx.ts';
import { UnpacksTooLargeError } from './unpacking.ts';

export const readHwp: Reader = async bytes => {
  try {
    return await byContent(bytes);
  } catch (error) {
    if (error instanceof UnpacksTooLargeError) return { problem: 'unpacksTooLarge' };
    return { problem: 'damaged', detail: error instanceof Error ? error.name : 'unknown' };
  }
};

function byContent(bytes: Uint8Array): ReadResult | Promise<ReadResult> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (isCompoundFile(bytes)) return readHwp5(bytes);
  if (head.startsWith('PK')) return readHwpx(bytes);
  if (head.startsWith('HWP Document File')) return readHwp3(bytes);
  if (isRightsManaged(bytes)) return { problem: 'drm' };
  if (head.replaceAll('\0', '').includes('<')) return readHwpml(bytes);
  return { problem: 'damaged', detail: 'no HWP' };
}
