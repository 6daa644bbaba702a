/** Opens the index of a folder with one model. */
import { UserError } from '../../errors/userError.ts';
import { PassageIndex } from '../../index/passageIndex.ts';
import { DamagedError } from '../../index/segment/sections.ts';
import { FileStore } from './fileStore.ts';
import { removeOlder, type IndexPlace } from './indexPlace.ts';
import { dutyCycle, type Searches } from '../indexing/dutyCycle.ts';

/** Throws `UserError` `newerFormat` where a later version of Malmoi has written it. */
export async function openIndex(
  place: IndexPlace,
  fingerprint: string,
  searches: Searches,
): Promise<PassageIndex> {
  const store = await FileStore.open(place.index);
  await removeOlder(place);
  try {
    return await PassageIndex.open(store, fingerprint, {
      pace: dutyCycle(searches),
      flushPace: dutyCycle(searches, 0),
    });
  } catch (error) {
    if (error instanceof DamagedError && error.version === 'newer')
      throw new UserError('newerFormat', place.index, { cause: error });
    throw error;
  }
}
