/** `npm run eval [-- FOLDER] [options]`: every BEIR set of a folder through the engine and its peers; see README.md. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readBeir, type BeirSet } from '../../src/evaluation/beir.ts';
import { agentTable, measureAgent } from './agent.ts';
import { measureChannel } from './engine.ts';
import type { Figures } from '../../src/evaluation/metrics.ts';
import { meanOf, peerFigures, tableOf, type SetFigures } from './figures.ts';
import { limited, writeSet } from './limitedSet.ts';
import { peersOf, textsOf } from './peers.ts';
import { pastRuns, record, settingsOf } from './results.ts';
import { encodedSets, type EncodedSets } from './encodedSets.ts';
import { tuneLexical } from './tuneLexical.ts';
import { measureReaders } from './readers.ts';
import { modelOf, tunePassages } from './tunePassages.ts';
import { tuneQuery } from './tuneQuery.ts';
import { HEADING, SHARE, tuneRanking } from './tuneRanking.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: 'string' },
    channels: { type: 'string', default: 'lexical,semantic,hybrid' },
    peers: { type: 'string' },
    lucene: { type: 'string' },
    store: { type: 'string' },
    model: { type: 'string' },
    share: { type: 'string' },
    'limit-docs': { type: 'string' },
    json: { type: 'boolean', default: false },
    documents: { type: 'string' },
    format: { type: 'string' },
    guide: { type: 'string' },
    worst: { type: 'string', default: '10' },
    python: { type: 'string', default: 'python3' },
    record: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '../..');

const limit = values['limit-docs'] === undefined ? null : Number(values['limit-docs']);

class Misuse extends Error {}

/** Names of the sets in the folder: those asked for, or all of them. */
function setsIn(folder: string): string[] {
  const found = fs.existsSync(folder)
    ? fs.readdirSync(folder).filter(name => fs.existsSync(path.join(folder, name, 'qrels.tsv')))
    : [];
  if (found.length === 0)
    throw new Misuse(
      `No evaluation sets in ${folder}.\n` +
        'Give a folder whose subfolders have corpus.jsonl[.gz], queries.jsonl[.gz] and qrels.tsv: npm run eval -- FOLDER',
    );
  const asked = values.sets?.split(',') ?? found;
  const unknown = asked.filter(name => !found.includes(name));
  if (unknown.length > 0) throw new Misuse(`No set ${unknown.join(', ')}; there are ${found.join(', ')}`);
  return asked;
}

function chosen(all: readonly string[], asked: string | undefined, what: string): string[] {
  if (asked === undefined || asked === 'all') return [...all];
  const names = asked.split(',').filter(name => name !== '' && name !== 'none');
  const unknown = names.filter(name => !all.includes(name));
  if (unknown.length > 0) throw new Misuse(`${what}: ${all.join(', ')}`);
  return names;
}

/** The model's name and revision, for the table of runs. */
function modelName(): string {
  const model = values.model ?? path.join(root, 'media/model');
  const manifest = path.join(model, 'malmoi-model.json');
  if (!fs.existsSync(manifest)) return path.basename(model);
  const { name, revision } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as Record<string, string>;
  return `${name} ${revision}`;
}

function settings(): { readonly model: string; readonly share: number | null } {
  return { model: modelName(), share: values.share === undefined ? null : Number(values.share) };
}

/** The set, or the part of it that `--limit-docs` leaves, and its folder. */
async function sourceOf(
  folder: string,
  name: string,
): Promise<{ whole: BeirSet; set: BeirSet; source: string }> {
  const whole = await readBeir(path.join(folder, name));
  if (limit === null) return { whole, set: whole, source: path.join(folder, name) };
  const set = limited(whole, limit);
  return { whole, set, source: writeSet(name, set) };
}

async function measure(folder: string, name: string): Promise<SetFigures> {
  const { whole, set, source } = await sourceOf(folder, name);
  const options = (['store', 'model', 'share'] as const).flatMap(option =>
    values[option] === undefined ? [] : [`--${option}`, values[option]],
  );
  const channels: Record<string, Figures> = {};
  for (const channel of chosen(['lexical', 'semantic', 'hybrid'], values.channels, '--channels'))
    channels[channel] = await measureChannel(source, channel, {
      programs: path.join(root, 'dist'),
      options,
    });
  const all = peersOf(values.lucene === undefined ? null : path.resolve(values.lucene));
  const texts = textsOf(set);
  const queries = set.queries.map(query => query.text);
  const peers: Record<string, Figures> = {};
  for (const peer of chosen(Object.keys(all), values.peers, '--peers'))
    peers[peer] = peerFigures(set, await all[peer]!(texts, queries));
  const isWhole = set.documents.length === whole.documents.length;
  const limitedFrom = isWhole ? null : whole.documents.length;
  return { documents: set.documents.length, queries: set.queries.length, limitedFrom, channels, peers };
}

const TUNINGS: Readonly<Record<string, (from: string, store: string) => Promise<void>>> = {
  tune: (from, store) => tuneLexical(from, store, values.sets),
  'tune-query': (from, store) => onEncoded(from, store, tuneQuery),
  'tune-share': (from, store) => onEncoded(from, store, encoded => tuneRanking(encoded, SHARE)),
  'tune-heading': (from, store) => onEncoded(from, store, encoded => tuneRanking(encoded, HEADING)),
  'tune-passages': async (from, store) => {
    const sources: string[] = [];
    for (const name of setsIn(from)) sources.push((await sourceOf(from, name)).source);
    await tunePassages(sources, store, await modelOf(root, values.model));
  },
};

async function onEncoded(
  from: string,
  store: string,
  tune: (encoded: EncodedSets) => Promise<void>,
): Promise<void> {
  const encoded = await encodedSets(from, store, values.model, values.sets);
  try {
    await tune(encoded);
  } finally {
    await encoded.close();
  }
}

async function agent(from: string | undefined): Promise<void> {
  const folder = path.resolve(from ?? path.join(root, '../shared/eval'));
  const rows: [string, Awaited<ReturnType<typeof measureAgent>>][] = [];
  for (const name of setsIn(folder)) {
    const whole = await readBeir(path.join(folder, name));
    rows.push([name, await measureAgent(name, limit === null ? whole : limited(whole, limit), root)]);
  }
  console.log(values.json ? JSON.stringify(Object.fromEntries(rows)) : agentTable(rows));
}

async function main(): Promise<void> {
  const [action, source, store] = positionals;
  if (action === 'readers')
    return measureReaders({
      documents: path.resolve(values.documents ?? path.join(root, '../shared/documents')),
      format: values.format,
      json: values.json,
      guide: values.guide,
      worst: Number(values.worst),
      hwpTool: path.join(root, '../shared/tools/hwp_reference.py'),
      python: values.python,
    });
  if (action === 'agent') return agent(source);
  if (action !== undefined && action in TUNINGS) {
    if (source === undefined || store === undefined)
      throw new Misuse(`npm run eval -- ${action} FOLDER STORE`);
    return TUNINGS[action]!(path.resolve(source), path.resolve(store));
  }
  if (limit !== null && !(Number.isInteger(limit) && limit > 0)) throw new Misuse('--limit-docs: a number');
  if (limit !== null && values.record)
    throw new Misuse('--record takes whole sets: figures of a part are not the figures of the set');
  const folder = path.resolve(action ?? path.join(root, '../shared/eval'));
  const names = setsIn(folder);
  const sets: Record<string, SetFigures> = {};
  for (const name of names) {
    sets[name] = await measure(folder, name);
    if (!values.json) console.log(`${tableOf(name, sets[name])}\n`);
  }
  const mean = meanOf(Object.values(sets));
  if (!values.json && names.length > 1) console.log(`${tableOf('mean of the sets', mean)}\n`);
  if (values.json)
    console.log(JSON.stringify({ ...settings(), settings: settingsOf(settings()), sets, mean }));
  if (values.record) await record(sets, settings(), new Date().toISOString().slice(0, 10));
  const past = pastRuns(names);
  if (!values.json && past !== '') console.log(`Past runs, nDCG@10 / recall@100\n${past}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Misuse ? error.message : error);
  process.exitCode = error instanceof Misuse ? 2 : 1;
}
