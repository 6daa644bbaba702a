/** Hangul's documents by what they are, not by their names: HWP 5, HWP 3, HWPX and HWPML are all saved as .hwp. */
import { isRightsManaged } from './drm.ts';
import { readHwp5 } from './hwp/hwp5.ts';
import { readHwp3 } from './hwp/hwp3.ts';
import { readHwpml } from './hwp/hwpml.ts';
import { readHwpx } from './hwp/hwpx.ts';
import { looksLikeOle } from './ole/ole.ts';
import { guarded } from './problem.ts';

export const readHwp = guarded((bytes, options) => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 512));
  if (looksLikeOle(bytes)) return readHwp5(bytes, options);
  if (head.startsWith('PK')) return readHwpx(bytes, options);
  if (head.startsWith('HWP Document File')) return readHwp3(bytes);
  if (isRightsManaged(bytes)) return { problem: 'drm' };
  if (head.replaceAll('\0', '').includes('<')) return readHwpml(bytes, options);
  return { problem: 'damaged', detail: 'no HWP' };
});
