/** `node askEngine.ts PROGRAMS VERSION FOLDER QUERY [mark]`: hits with their marks, or marks the first as relevant. */
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { engineOf, folderOf } from '../../bench/engineProcess.ts';
import { defaultStorePath } from '../../../src/rpc/storePath.ts';

const [programs, version, folder, query, mark] = process.argv.slice(2);
const model = path.join(programs!, '..', 'media', 'model');
const client = engineOf({ store: defaultStorePath(), programs: programs!, model, version: version! });
await client.openFolders([folderOf(folder!)]);
while ((await client.status()).activity !== 'idle') await sleep(50);
const { hits } = await client.search({ folders: [folder!], query: query!, limit: 3, channel: 'hybrid' });
if (mark === 'mark') {
  const { file, headings, text } = hits[0]!;
  await client.judge({ folder: folder!, query: query!, file, headings, text, verdict: 'relevant' });
}
console.log(JSON.stringify(hits.map(hit => ({ file: hit.file, verdict: hit.verdict ?? null }))));
client.dispose();
