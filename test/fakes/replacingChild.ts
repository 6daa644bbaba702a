/**
 * Changes an index as fast as it can and says after each change that it was acknowledged, until it is killed. Files come
 * in two stages, a change each: their letters, then their vectors.
 */
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { FileStore } from '../../src/workspace/files/fileStore.ts';
import { file, passage, pendingPassage, vectorOf } from './records.ts';

const [folder, first] = process.argv.slice(2) as [string, string];
const index = await PassageIndex.open(await FileStore.open(folder), 'f');
process.send!({ opened: true });
for (let i = Number(first); ; i++) {
  const turn = i >> 1;
  const text = `글 ${turn}`;
  const records = [turn % 7, 7 + (turn % 11)].map(n =>
    file(`${n}`, [i % 2 === 0 ? pendingPassage(text) : passage(text, vectorOf({ [n]: 1 }))]),
  );
  process.send!({ begun: i });
  await index.replace(records);
  process.send!({ acknowledged: i });
  if (i % 5 === 0) await index.flush();
}
