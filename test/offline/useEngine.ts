/** `node useEngine.ts FOLDER STORE PROGRAMS MODEL QUERY`: what a window does with the engine's process, on stdout. */
import { setTimeout as sleep } from 'node:timers/promises';
import { engineOf, folderOf } from '../bench/engineProcess.ts';

const [folder, store, programs, model, query] = process.argv.slice(2);
const client = engineOf({ store: store!, programs: programs!, model: model!, version: '0.0.0' });
await client.openFolders([folderOf(folder!)]);
for (;;) {
  const { activity, problem } = await client.status();
  if (activity === 'failed') throw new Error(problem ?? 'the engine failed');
  if (activity === 'idle') break;
  await sleep(50);
}
const { hits } = await client.search({ folders: [folder!], query: query!, limit: 5, channel: 'hybrid' });
console.log(JSON.stringify(hits.map(({ file }) => file)));
client.dispose();
